#include "budget/budget_file.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const std::string heading = "practice,year,budget_line,annual_amount\n";
const std::string months =
    "april,may,june,july,august,september,october,november,december,january,february,march\n";
const std::string heading_with_months = "practice,year,budget_line,annual_amount," + months;

BudgetFile read(std::string text) {
    auto file = read_budgets_text(std::move(text), "made.csv");
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.problem().says);
    return file.ok() ? *file : BudgetFile();
}

TEST(BudgetFile, reads_budgets_with_the_default_profile_of_their_line) {
    const auto file = read(heading + "A81001,2017/18,elective,\"123,456.78\"\n");
    EXPECT_TRUE(file.unread.empty());
    ASSERT_EQ(file.budgets.size(), 1u);
    EXPECT_EQ(file.budgets[0].practice, PracticeCode("A81001"));
    EXPECT_EQ(file.budgets[0].year, FinancialYear(2017));
    EXPECT_EQ(file.budgets[0].line, BudgetLine::elective);
    EXPECT_EQ(file.budgets[0].annual, Pence(12'345'678));
    EXPECT_FALSE(file.budgets[0].profile.has_value());
}

TEST(BudgetFile, reads_a_profile_as_weights_or_percentages) {
    const auto file = read(heading_with_months +
                           "A1,2017/18,ae,1200,8.5%,8.5%,8,8,8,8,8,8,8,9,9,9\n"
                           "A1,2017/18,elective,1200,,,,,,,,,,,,\n"
                           "A1,2017/18,day_case,1200,0,0,0,0,0,0,0,0,0,0,0,1\n");
    ASSERT_EQ(file.budgets.size(), 3u);
    ASSERT_TRUE(file.budgets[0].profile.has_value());
    EXPECT_EQ(file.budgets[0].profile->weights[0], 8'500'000);
    EXPECT_EQ(budget_to_date(file.budgets[0].annual, *file.budgets[0].profile, Month(2017, 5)),
              Pence(20'400));
    EXPECT_FALSE(file.budgets[1].profile.has_value());
    EXPECT_EQ(budget_to_date(file.budgets[2].annual, *file.budgets[2].profile, Month(2018, 2)),
              Pence(0));
    const auto working = budget_to_date_working(file.budgets[0].annual, *file.budgets[0].profile,
                                                Month(2017, 5), Source());
    EXPECT_NE(working.steps[1].says.find("made.csv line 2: 17 of 100"), std::string::npos)
        << working.steps[1].says;
}

TEST(BudgetFile, leaves_out_both_of_two_budgets_for_the_same) {
    const auto file = read(heading + "A1,2017/18,ae,100\nA2,2017/18,ae,100\nA1,2017-18,ae,200\n");
    ASSERT_EQ(file.budgets.size(), 1u);
    EXPECT_EQ(file.budgets[0].practice, PracticeCode("A2"));
    ASSERT_EQ(file.unread.size(), 2u);
    EXPECT_EQ(file.unread[0].line, 2u);
    EXPECT_EQ(file.unread[1].line, 4u);
    for (const UnreadRow& row : file.unread) {
        EXPECT_NE(row.says.find("lines 2, 4"), std::string::npos) << row.says;
    }
}

TEST(BudgetFile, says_for_every_row_not_read_where_and_why) {
    const auto file = read(heading_with_months +
                           ",2017/18,ae,1,,,,,,,,,,,,\n"
                           "A1,2017/19,ae,1,,,,,,,,,,,,\n"
                           "A1,2017/18,surgery,1,,,,,,,,,,,,\n"
                           "A1,2017/18,ae,1.234,,,,,,,,,,,,\n"
                           "A1,2017/18,ae,-1,,,,,,,,,,,,\n"
                           "A1,2017/18,ae,1,5,,,,,,,,,,,\n"
                           "A1,2017/18,ae,1,0,0,0,0,0,0,0,0,0,0,0,0\n"
                           "A1,2017/18,ae,1,1,-1,0,0,0,0,0,0,0,0,0,0\n"
                           "A1,2017/18,ae,1,1,1,x,0,0,0,0,0,0,0,0,0\n");
    EXPECT_TRUE(file.budgets.empty());
    const std::vector<std::string> columns = {"practice",      "year",          "budget_line",
                                              "annual_amount", "annual_amount", "april",
                                              "april",         "may",           "june"};
    ASSERT_EQ(file.unread.size(), columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        EXPECT_EQ(file.unread[i].line, i + 2);
        EXPECT_EQ(file.unread[i].column, columns[i]) << file.unread[i].says;
    }
}

TEST(BudgetFile, is_refused_without_its_columns) {
    for (const std::string text : {"a,b\n1,2\n", "practice,year,budget_line\nA1,2017/18,ae\n", "",
                                   "practice,year,budget_line,annual_amount,april\nA1,,,,\n"}) {
        const auto file = read_budgets_text(text, "made.csv");
        ASSERT_FALSE(file.ok()) << text;
        EXPECT_NE(file.problem().says.find("made.csv"), std::string::npos);
    }
    EXPECT_FALSE(read_budgets("/nowhere/budgets.csv").ok());
}

}  // namespace
}  // namespace purse
