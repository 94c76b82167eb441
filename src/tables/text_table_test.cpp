#include <gtest/gtest.h>

#include "tables/delimited.hpp"

namespace purse {
namespace {

TextTable table(std::string text) {
    auto read = read_table_text(std::move(text), "lists.csv");
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.problem().says);
    return read.value_or({});
}

std::string problem(std::string text) {
    const auto read = read_table_text(std::move(text), "lists.csv");
    return read.ok() ? "no problem" : read.problem().says;
}

TEST(TextTable, KnowsItsHeadingsAndRowsWithTheirLines) {
    const TextTable lists = table("\n Practice , Patients\nP1,\"1,200\"\n\nP2,80\n");
    EXPECT_EQ(lists.headings, (std::vector<std::string>{"Practice", "Patients"}));
    ASSERT_EQ(lists.rows.size(), 2U);
    EXPECT_EQ(lists.rows[0].line, 3U);
    EXPECT_EQ(lists.rows[0].cells, (std::vector<std::string>{"P1", "1,200"}));
    EXPECT_EQ(lists.rows[1].line, 5U);
    EXPECT_EQ(lists.file, "lists.csv");
}

TEST(TextTable, PadsShortRowsAndCutsEmptyCellsBeyondTheHeadings) {
    const TextTable lists = table("a,b,,\n1\n1,2,,,,\n,,,\n");
    EXPECT_EQ(lists.headings.size(), 2U);
    ASSERT_EQ(lists.rows.size(), 2U);
    EXPECT_EQ(lists.rows[0].cells, (std::vector<std::string>{"1", ""}));
    EXPECT_EQ(lists.rows[1].cells, (std::vector<std::string>{"1", "2"}));
}

TEST(TextTable, FindsAColumnWhateverItsCaseBlanksAndUnderscores) {
    const TextTable lists = table("Practice Code,NUMBER_OF_PATIENTS,der.age-band\n");
    EXPECT_EQ(lists.column("practice_code").value_or(9), 0U);
    EXPECT_EQ(lists.column("number of patients").value_or(9), 1U);
    EXPECT_TRUE(lists.has("DER.AGE-BAND"));
    EXPECT_FALSE(lists.has("derageband"));
    const auto missing = lists.column("postcode");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.problem().says,
              "lists.csv has no column 'postcode'; its columns are: Practice Code, "
              "NUMBER_OF_PATIENTS, der.age-band");
}

TEST(TextTable, SaysWhatIsWrongWithAFile) {
    const std::pair<std::string, std::string_view> cases[] = {
        {"", "lists.csv is empty: its first line must name the columns"},
        {"\n \n", "lists.csv is empty: its first line must name the columns"},
        {"a,b\n1,2,3\n",
         "lists.csv line 2 column 5: 3 values under 2 headings: a value with a comma in it must "
         "stand in quotes"},
        {"a,b\n1,\"2\n",
         "lists.csv line 2: a quote (\") is opened and never closed: close it or remove it"},
        {"\"a,b\n1,2\n",
         "lists.csv line 1: a quote (\") is opened and never closed: close it or remove it"},
        {"PK\x03\x04...",
         "lists.csv is a spreadsheet (.xlsx) or zip file, not CSV: open it and save it as CSV"},
        {"\xD0\xCF\x11\xE0...",
         "lists.csv is an old spreadsheet (.xls), not CSV: open it and save it as CSV"},
        {"%PDF-1.4", "lists.csv is a PDF, not CSV: ask for the table itself, as CSV"},
        {"\xFF\xFE"
         "a",
         "lists.csv is UTF-16 text: save it as CSV UTF-8"},
        {std::string("a\0\0\0b", 5), "lists.csv is not text: export the table as CSV"},
    };
    for (const auto& [text, says] : cases) EXPECT_EQ(problem(text), says);
}

TEST(TextTable, OfAMissingFileIsAProblemThatNamesIt) {
    const auto read = read_table("/no/such/lists.csv");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.problem().kind, ProblemKind::not_found);
    EXPECT_EQ(read.problem().says, "cannot read /no/such/lists.csv: No such file or directory");
}

}  // namespace
}  // namespace purse
