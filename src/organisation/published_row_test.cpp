#include "organisation/published_row.hpp"

#include <gtest/gtest.h>

#include "organisation/codes.hpp"

namespace purse {
namespace {

TextTable table(std::vector<std::string> cells) {
    TextTable made;
    made.headings = {"code", "open"};
    made.rows.push_back({7, std::move(cells)});
    made.file = "made.csv";
    return made;
}

TEST(PublishedDate, is_read_in_every_published_format) {
    for (const auto* text : {"20170630", "2017-06-30", "30/06/2017", "30JUN2017", "30Jun2017"}) {
        const auto date = parse_published_date(text);
        ASSERT_TRUE(date.ok()) << text;
        EXPECT_EQ(to_text(*date), "2017-06-30");
    }
    for (const auto* text : {"", "30XYZ2017", "31JUN2017", "2017", "A0JUN2017"}) {
        EXPECT_FALSE(parse_published_date(text).ok()) << text;
    }
}

TEST(OrganisationCode, is_letters_and_digits_in_upper_case) {
    EXPECT_EQ(*parse_organisation_code("a81001"), "A81001");
    for (const auto* text : {"", "A81001X99", "A8-01", "~OTHER", "A 1"}) {
        EXPECT_FALSE(parse_organisation_code(text).ok()) << text;
    }
}

TEST(PublishedRow, gives_the_cells_of_a_good_row) {
    const auto made = table({"a81001", "19740401"});
    PublishedRow row(made, made.rows[0]);
    EXPECT_EQ(row.code<PracticeCode>(0).text(), "A81001");
    EXPECT_EQ(to_text(*row.date(1)), "1974-04-01");
    EXPECT_TRUE(row.text(std::nullopt).empty());
    EXPECT_TRUE(row.good());
}

TEST(PublishedRow, keeps_its_first_fault_with_line_and_column) {
    const auto made = table({"A81001", "1974-13-01"});
    PublishedRow row(made, made.rows[0]);
    EXPECT_FALSE(row.date(1).has_value());
    row.refuse(0, "a later fault");
    ASSERT_TRUE(row.fault().has_value());
    EXPECT_EQ(row.fault()->line, 7u);
    EXPECT_EQ(row.fault()->column, "open");
    EXPECT_NE(row.fault()->says.find("1974-13-01"), std::string::npos);
}

TEST(PublishedRow, needs_a_code_only_where_one_is_required) {
    const auto made = table({"", "-"});
    PublishedRow row(made, made.rows[0]);
    EXPECT_TRUE(row.code_or_none<PracticeCode>(0).empty());
    EXPECT_FALSE(row.date(1).has_value());
    EXPECT_TRUE(row.good());
    row.code<PracticeCode>(0);
    EXPECT_FALSE(row.good());
}

}  // namespace
}  // namespace purse
