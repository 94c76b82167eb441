#include "desk/statistics_tables.hpp"

#include <gtest/gtest.h>

#include <set>

namespace purse {
namespace {

struct Answered {
    StatisticsReport report;
    std::string csv;
};

Answered answered(std::string_view name, std::string input) {
    const auto table = find_statistics_table(name);
    CHECK(table.ok());
    const auto read = read_table_text(std::move(input), "input.csv");
    CHECK(read.ok());
    Answered answered;
    const auto report = work_out_statistics(**table, *read, answered.csv);
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.problem().says);
    if (report) answered.report = *report;
    return answered;
}

TEST(StatisticsTables, have_names_of_their_own_and_say_what_they_do) {
    std::set<std::string_view> names;
    for (const StatisticsTable& table : statistics_tables()) {
        EXPECT_TRUE(names.insert(table.name).second) << table.name;
        EXPECT_FALSE(table.says.empty());
        EXPECT_NE(described(table).find("Columns out"), std::string::npos);
    }
}

TEST(StatisticsTables, list_all_where_none_is_of_that_name) {
    const auto none = find_statistics_table("rates");
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.problem().says.find("  proportion "), std::string::npos);
    EXPECT_NE(none.problem().says.find("  chain_ladder "), std::string::npos);
}

TEST(StatisticsTables, answer_a_case_a_row) {
    const auto rates = answered("rate", "case_id,x,n,multiplier\na,0,50,1000\nb,20,100,100\n");
    EXPECT_EQ(rates.report.cases, 2U);
    EXPECT_TRUE(rates.csv.starts_with("case_id,value,lowercl,uppercl,method\na,0,0,")) << rates.csv;
    EXPECT_NE(rates.csv.find("b,20,"), std::string::npos);
}

TEST(StatisticsTables, refuse_a_case_with_its_line_and_go_on_with_the_others) {
    const auto rates =
        answered("rate", "case_id,x,n,multiplier\na,-1,50,1000\nb,2,100,100\nc,two,100,100\n");
    ASSERT_EQ(rates.report.refused.size(), 2U);
    EXPECT_EQ(rates.report.refused[0],
              "input.csv, case a from line 2: the number of events is -1; it must be 0 or more");
    EXPECT_EQ(rates.report.refused[1],
              "input.csv, case c from line 4: line 4, column x: 'two' is not a number");
    EXPECT_EQ(rates.report.rows, 1U);
}

TEST(StatisticsTables, refuse_a_file_without_the_columns_they_need) {
    const auto read = read_table_text("case_id,x\na,1\n", "input.csv");
    std::string csv;
    const auto report = work_out_statistics(**find_statistics_table("rate"), *read, csv);
    ASSERT_FALSE(report.ok());
    EXPECT_NE(report.problem().says.find("the table 'rate' needs it"), std::string::npos)
        << report.problem().says;
}

TEST(StatisticsTables, refuse_a_setting_that_changes_within_a_case) {
    const auto mean = answered("mean", "obs,confidence\n1,0.95\n2,0.99\n");
    ASSERT_EQ(mean.report.refused.size(), 1U);
    EXPECT_NE(mean.report.refused[0].find("one setting for the whole case"), std::string::npos);
}

TEST(StatisticsTables, put_a_chart_in_order_of_time_and_name_who_moved_its_limits) {
    const auto summary =
        answered("summary",
                 "date,value,rebase,rebased_by,rebase_reason\n2017-06,5,1,A. Manager,new clinic\n"
                 "2017-04,1,0,,\n2017-05,2,0,,\n2017-07,6,0,,\n");
    EXPECT_EQ(summary.report.rows, 2U);
    EXPECT_NE(summary.csv.find("A. Manager,new clinic"), std::string::npos) << summary.csv;
    const auto nameless = answered(
        "spc", "date,value,rebase,rebased_by,rebase_reason\n2017-04,1,0,,\n2017-05,2,1,,\n");
    ASSERT_EQ(nameless.report.refused.size(), 1U);
    EXPECT_NE(nameless.report.refused[0].find("named person"), std::string::npos);
}

TEST(StatisticsTables, give_deciles_of_each_month) {
    const auto deciles = answered("deciles", "date,value\n2017-05,1\n2017-04,3\n2017-04,NA\n");
    EXPECT_EQ(deciles.report.rows, 18U);
    EXPECT_TRUE(
        deciles.csv.starts_with("case_id,date,count,percentile,value\nall,2017-04,1,10,3\n"))
        << deciles.csv;
}

TEST(StatisticsTables, refuse_a_triangle_with_a_gap) {
    const auto ladder =
        answered("chain_ladder", "period,step,value\n2017-04,1,100\n2017-04,3,150\n2017-05,1,90\n");
    ASSERT_EQ(ladder.report.refused.size(), 1U);
    EXPECT_NE(ladder.report.refused[0].find("step 2 of 2017-04 is missing"), std::string::npos);
}

}  // namespace
}  // namespace purse
