#include "population/list_file.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const Date as_at = Date::of(2017, 4, 1);

ListFile read(std::string text) {
    auto file = read_lists_text(std::move(text), "made.csv", as_at);
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.problem().says);
    return file.ok() ? *file : ListFile();
}

TEST(ListFile, reads_totals_of_practices_and_passes_over_other_organisations) {
    const auto file = read(
        "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,"
        "NUMBER_OF_PATIENTS\n"
        "X,01JAN2021,GP,00L,E3,A84002,NE65,ALL,ALL,5903\n"
        "X,01JAN2021,CCG,00L,E3,00L,,ALL,ALL,330000\n");
    EXPECT_EQ(file.layout, ListLayout::extract);
    ASSERT_EQ(file.sizes.size(), 1u);
    EXPECT_EQ(file.sizes[0].practice, PracticeCode("A84002"));
    EXPECT_EQ(file.sizes[0].as_at, as_at);
    EXPECT_EQ(file.sizes[0].patients, Patients(5'903));
    EXPECT_EQ(file.day_in_file, Date::of(2021, 1, 1));
    ASSERT_EQ(file.passed_over.size(), 1u);
}

TEST(ListFile, compares_bands_that_cover_every_age_with_the_total) {
    const std::string heading = "ORG_TYPE,ORG_CODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n";
    const std::string right = heading +
                              "GP,A1,ALL,ALL,10\nGP,A1,MALE,0_4,3\nGP,A1,MALE,5+,2\n"
                              "GP,A1,FEMALE,ALL,5\n";
    EXPECT_TRUE(read(right).disagreements.empty());
    const auto wrong = read(right +
                            "GP,A2,ALL,ALL,10\nGP,A2,MALE,ALL,5\nGP,A2,MALE,0_4,3\n"
                            "GP,A2,MALE,5+,3\nGP,A2,FEMALE,ALL,6\n");
    ASSERT_EQ(wrong.disagreements.size(), 2u);
    EXPECT_NE(wrong.disagreements[0].find("men is published as 5 and its parts add up to 6"),
              std::string::npos)
        << wrong.disagreements[0];
    EXPECT_NE(wrong.disagreements[1].find("published as 10 and its parts add up to 11"),
              std::string::npos);
}

TEST(ListFile, reads_a_column_a_band_and_leaves_other_columns) {
    const auto file = read(
        "PRACTICE_CODE,Percent_male,Total,16+,0_64,65+,65perc\n"
        "A1,0.5,100,80,70,30.25,0.3\nA2,0.5,100,80,x,30,0.3\n");
    EXPECT_EQ(file.layout, ListLayout::banded);
    EXPECT_EQ(file.sizes.size(), 4u);
    EXPECT_TRUE(file.disagreements.empty()) << "overlapping bands are never summed";
    ASSERT_EQ(file.unread.size(), 1u);
    EXPECT_EQ(file.unread[0].line, 3u);
    EXPECT_EQ(file.unread[0].column, "0_64");
}

TEST(ListFile, reads_registered_and_weighted_patients_of_payments) {
    const auto file = read(
        "Practice Code,Number of Registered Patients (Last Known Figure),Number of Weighted "
        "Patients (Last Known Figure)\nA1,4095.25,4728.6\nA2,1,\n");
    ASSERT_EQ(file.weighted.size(), 1u);
    EXPECT_EQ(to_text(file.weighted[0].patients), "4728.6");
    EXPECT_EQ(file.sizes.size(), 1u);
    EXPECT_EQ(file.unread.size(), 1u);
}

TEST(ListFile, reads_the_plain_layout_and_says_what_is_wrong_with_a_row) {
    const auto file = read(
        "practice,age_band,sex,patients,weighted_patients\n"
        "A1,ALL,A,10,11\nA1,0-4,M,2,\nA1,0-4,M,2,\nA1,5-9,X,2,\nA1,?,F,2,\n,5-9,F,2,\n"
        "A1,5-9,F,-2,\nA1,5-9,F,2,7\n");
    EXPECT_EQ(file.sizes.size(), 2u);
    EXPECT_EQ(file.weighted.size(), 1u);
    ASSERT_EQ(file.unread.size(), 6u);
    EXPECT_NE(file.unread[0].says.find("line 3"), std::string::npos) << file.unread[0].says;
    const std::vector<std::string> columns = {"",         "sex",      "age_band",
                                              "practice", "patients", "weighted_patients"};
    for (std::size_t i = 0; i < columns.size(); ++i) EXPECT_EQ(file.unread[i].column, columns[i]);
}

TEST(ListFile, is_refused_with_the_layouts_known_when_it_is_none_of_them) {
    const auto file = read_lists_text("a,b\n1,2\n", "made.csv", as_at);
    ASSERT_FALSE(file.ok());
    for (const auto* known : {"AGE_GROUP_5", "TOTAL", "Weighted", "age_band"}) {
        EXPECT_NE(file.problem().says.find(known), std::string::npos) << known;
    }
    EXPECT_FALSE(read_lists_text("", "made.csv", as_at).ok());
    EXPECT_FALSE(read_lists("/nowhere/lists.csv", as_at).ok());
}

}  // namespace
}  // namespace purse
