#include "benchmarking/practice_funnel.hpp"

#include <gtest/gtest.h>

#include "benchmarking/benchmark_reports.hpp"

namespace purse {
namespace {

PracticeCode practice(int number) { return PracticeCode("X" + std::to_string(90000 + number)); }

// Twelve months of so many observed and expected each month.
StandardisedCounts counts_of(const std::vector<std::pair<int, double>>& months) {
    StandardisedCounts counts;
    for (int month = 0; month < 12; ++month) counts.months.push_back(Month(2017, 4) + month);
    for (std::size_t i = 0; i < months.size(); ++i) {
        PracticeSeries series;
        series.practice = practice(static_cast<int>(i));
        series.patients.assign(12, 6000);
        series.measures = {std::vector<MonthCount>(12, {months[i].first, months[i].second})};
        counts.practices.push_back(series);
    }
    counts.without_age_or_sex = counts.without_patients = {0};
    return counts;
}

std::vector<std::pair<int, double>> alike(std::size_t count) {
    std::vector<std::pair<int, double>> months;
    for (std::size_t i = 0; i < count; ++i) months.emplace_back(i % 2 == 0 ? 49 : 51, 50.0);
    return months;
}

TEST(PracticeFunnel, finds_all_within_where_they_are_alike) {
    const auto made = practice_funnel(counts_of(alike(20)), 0, {});
    EXPECT_EQ(made.count_of(Standing::within), 20U);
    EXPECT_FALSE(made.allows_for_dispersion);
    EXPECT_NEAR(made.reference_rate, 1000.0 * 50 * 12 / 6000, 1e-9);
    EXPECT_NEAR(*made.positions[0].rate, 98, 1e-9);
}

TEST(PracticeFunnel, names_the_one_that_is_far_out_and_no_other) {
    auto months = alike(30);
    months[7] = {100, 50.0};
    for (const Dispersion dispersion :
         {Dispersion::truncated, Dispersion::winsorised, Dispersion::none}) {
        ComparisonRules rules;
        rules.dispersion = dispersion;
        const auto made = practice_funnel(counts_of(months), 0, rules);
        EXPECT_EQ(made.count_of(Standing::above), 1U);
        EXPECT_EQ(made.count_of(Standing::below), 0U);
        EXPECT_EQ(made.find(practice(7))->standing, Standing::above);
    }
}

// Practices that differ by a fifth for reasons of their own are not blamed for it.
TEST(PracticeFunnel, allows_for_what_practices_differ_by_beyond_chance) {
    std::vector<std::pair<int, double>> months;
    for (int i = 0; i < 40; ++i) months.emplace_back(250 + 25 * (i % 5 - 2), 250.0);
    ComparisonRules rules;
    EXPECT_EQ(practice_funnel(counts_of(months), 0, rules).count_of(Standing::within), 40U);
    rules.dispersion = Dispersion::winsorised;
    EXPECT_EQ(practice_funnel(counts_of(months), 0, rules).count_of(Standing::within), 40U);
    rules.dispersion = Dispersion::none;
    EXPECT_LT(practice_funnel(counts_of(months), 0, rules).count_of(Standing::within), 40U);
}

TEST(PracticeFunnel, tells_nothing_of_too_few_practices) {
    const auto made = practice_funnel(counts_of(alike(9)), 0, {});
    EXPECT_EQ(made.count_of(Standing::cannot_tell), 9U);
    EXPECT_NE(made.why.find("9 practices"), std::string::npos) << made.why;
    EXPECT_TRUE(made.positions[0].rate.has_value());
}

TEST(PracticeFunnel, tells_nothing_of_a_practice_of_which_little_is_expected) {
    auto months = alike(20);
    months[3] = {0, 0.4};
    months[4] = {0, 0.0};
    const auto made = practice_funnel(counts_of(months), 0, {});
    EXPECT_EQ(made.positions[3].standing, Standing::cannot_tell);
    EXPECT_EQ(made.positions[4].standing, Standing::cannot_tell);
    EXPECT_FALSE(made.positions[4].rate.has_value());
    EXPECT_EQ(made.count_of(Standing::within), 18U);
}

TEST(PracticeFunnel, a_practice_without_an_event_stands_below) {
    auto months = alike(20);
    months[3] = {0, 50.0};
    const auto made = practice_funnel(counts_of(months), 0, {});
    EXPECT_EQ(made.positions[3].standing, Standing::below);
    EXPECT_EQ(made.count_of(Standing::within), 19U);
}

TEST(PracticeFunnel, a_small_list_is_compared_with_nobody) {
    auto counts = counts_of(alike(20));
    counts.practices[2].patients.assign(12, 300);
    const auto made = practice_funnel(counts, 0, {});
    EXPECT_EQ(made.positions[2].standing, Standing::cannot_tell);
    EXPECT_EQ(made.positions[2].why, "fewer than 500 patients");
}

MeasureComparison comparison(const std::vector<std::pair<int, double>>& months) {
    MeasureComparison made;
    made.measure.name = "First outpatient attendances";
    made.funnel = practice_funnel(counts_of(months), 0, {});
    for (const auto& position : made.funnel.positions) {
        made.names.push_back("Practice " + position.practice.text());
    }
    return made;
}

TEST(ComparisonSentence, names_nobody_where_all_are_within) {
    EXPECT_EQ(comparison_sentence(comparison(alike(20))),
              "All 20 practices are within what practices differ by.");
}

TEST(ComparisonSentence, names_those_outside_without_a_rank_and_says_that_all_others_are_within) {
    auto months = alike(30);
    months[7] = {100, 50.0};
    months[21] = {10, 50.0};
    months[4] = {0, 0.2};
    EXPECT_EQ(comparison_sentence(comparison(months)),
              "2 of 29 practices lie outside what practices differ by: Practice X90007 (X90007), "
              "more and Practice X90021 (X90021), less. All others are within. 1 is too small to "
              "tell from chance.");
}

TEST(StandingSentence, says_rate_reference_and_that_it_is_within) {
    const auto funnel = practice_funnel(counts_of(alike(20)), 0, {});
    Measure measure;
    measure.name = "A&E attendances";
    EXPECT_EQ(standing_sentence(measure, funnel.positions[0], funnel.reference_rate),
              "A&E attendances: 98.0 for 1,000 patients a year, standardised for age and sex; the "
              "commissioner has 100.0. This is within what practices differ by.");
}

}  // namespace
}  // namespace purse
