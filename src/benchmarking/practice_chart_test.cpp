#include "benchmarking/practice_chart.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const PracticeCode practice("X90001");

StandardisedCounts counts_of(const std::vector<int>& observed, double expected) {
    StandardisedCounts counts;
    PracticeSeries series;
    series.practice = practice;
    series.measures.resize(1);
    for (std::size_t i = 0; i < observed.size(); ++i) {
        counts.months.push_back(Month(2016, 4) + static_cast<int>(i));
        series.patients.push_back(6000);
        series.measures[0].push_back({observed[i], expected});
    }
    counts.practices = {series};
    return counts;
}

Measure about() {
    Measure measure;
    measure.name = "Emergency admissions";
    return measure;
}

// Fifteen months about 100, then nine about 70.
std::vector<int> a_fall() {
    std::vector<int> observed;
    for (int i = 0; i < 15; ++i) observed.push_back(100 + 6 * (i % 3 - 1));
    for (int i = 0; i < 9; ++i) observed.push_back(70 + 6 * (i % 3 - 1));
    return observed;
}

TEST(PracticeChart, shows_a_fall_from_its_first_month_on) {
    const auto made = practice_chart(counts_of(a_fall(), 100), practice, 0, {}, about(), {});
    ASSERT_TRUE(made.why.empty()) << made.why;
    ASSERT_NE(made.latest_run(), nullptr);
    EXPECT_EQ(made.months[made.latest_run()->first].month, Month(2017, 7));
    EXPECT_EQ(made.latest_run()->side, -1);
    EXPECT_NEAR(made.latest_run()->mean, 70, 1e-9);
    EXPECT_NE(made.says.find("since July 2017 lower"), std::string::npos) << made.says;
}

TEST(PracticeChart, new_limits_from_a_month_on_make_the_months_after_it_ordinary) {
    const std::vector<ChartRebase> rebases = {
        {Month(2017, 7), "Ian Ivy", "the clinic opened", "2017-10-01T09:00:00Z"}};
    const auto made = practice_chart(counts_of(a_fall(), 100), practice, 0, rebases, about(), {});
    EXPECT_TRUE(made.runs.empty());
    ASSERT_EQ(made.chart.groups.size(), 2U);
    EXPECT_NEAR(made.chart.groups[1].mean, 70, 1e-9);
    EXPECT_EQ(made.chart.groups[1].rebase->person, "Ian Ivy");
    EXPECT_EQ(made.rebases.size(), 1U);
}

TEST(PracticeChart, of_two_rebases_of_a_month_the_later_counts) {
    const std::vector<ChartRebase> rebases = {{Month(2017, 7), "Ian Ivy", "wrong", ""},
                                              {Month(2017, 7), "Ian Ivy", "right", ""},
                                              {Month(2031, 1), "Ian Ivy", "not yet", ""}};
    const auto made = practice_chart(counts_of(a_fall(), 100), practice, 0, rebases, about(), {});
    ASSERT_EQ(made.rebases.size(), 1U);
    EXPECT_EQ(made.rebases[0].reason, "right");
}

TEST(PracticeChart, says_so_where_nothing_stands_out) {
    std::vector<int> observed;
    for (int i = 0; i < 24; ++i) observed.push_back(100 + 8 * (i % 3 - 1));
    const auto made = practice_chart(counts_of(observed, 100), practice, 0, {}, about(), {});
    EXPECT_TRUE(made.runs.empty());
    EXPECT_NE(made.says.find("within what its months differ by anyway"), std::string::npos)
        << made.says;
}

TEST(PracticeChart, is_as_it_was_up_to_a_month) {
    const auto then =
        practice_chart(counts_of(a_fall(), 100), practice, 0, {}, about(), {}, Month(2017, 6));
    EXPECT_EQ(then.months.back().month, Month(2017, 6));
    EXPECT_TRUE(then.runs.empty());
}

TEST(PracticeChart, is_not_drawn_of_few_months_or_few_events) {
    const auto few = practice_chart(counts_of({1, 2, 3}, 100), practice, 0, {}, about(), {});
    EXPECT_NE(few.why.find("3 months are closed"), std::string::npos) << few.why;
    const auto rare =
        practice_chart(counts_of(std::vector<int>(24, 1), 1.0), practice, 0, {}, about(), {});
    EXPECT_NE(rare.why.find("fewer than 2"), std::string::npos) << rare.why;
    EXPECT_TRUE(
        practice_chart(counts_of({1}, 1), PracticeCode("X9"), 0, {}, about(), {}).months.empty());
}

TEST(PracticeChart, months_without_a_list_are_left_out) {
    auto counts = counts_of(a_fall(), 100);
    counts.practices[0].patients[0] = 0;
    const auto made = practice_chart(counts, practice, 0, {}, about(), {});
    EXPECT_EQ(made.months.front().month, Month(2016, 5));
}

}  // namespace
}  // namespace purse
