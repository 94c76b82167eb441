#include "benchmarking/standardised_counts.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace purse {
namespace {

const PracticeCode a("X90001"), b("X90002"), c("X90003");

// Two bands; a is young, b is old.
CountingInput two_practices() {
    CountingInput input;
    input.measures = 1;
    input.bands = {{0, 64}, {65, oldest_age}};
    input.months = {Month(2017, 4), Month(2017, 5)};
    MonthLists lists;
    lists[a] = {{Patients(450), Patients(50)}, {Patients(450), Patients(50)}};
    lists[b] = {{Patients(250), Patients(250)}, {Patients(250), Patients(250)}};
    input.lists = {lists, lists};
    for (const Month month : input.months) {
        // Women and men of 65 and over have one each for ten patients, others one for a hundred.
        for (const char sex : {'M', 'F'}) {
            input.counts.push_back({0, month, a, sex, 30, 5});
            input.counts.push_back({0, month, a, sex, 70, 5});
            input.counts.push_back({0, month, b, sex, 30, 2});
            input.counts.push_back({0, month, b, sex, 90, 25});
        }
    }
    return input;
}

TEST(StandardisedCounts, expects_what_each_age_and_sex_has_at_the_commissioner) {
    const auto made = standardise(two_practices());
    ASSERT_EQ(made.practices.size(), 2U);
    EXPECT_EQ(made.practices[0].practice, a);
    EXPECT_EQ(made.practices[0].measures[0][0].observed, 20);
    // Under 65: 7 for 700 of a sex; from 65: 30 for 300. So 2 x (450 x 0.01 + 50 x 0.1) = 19.
    EXPECT_NEAR(made.practices[0].measures[0][0].expected, 19, 1e-9);
    EXPECT_NEAR(made.practices[1].measures[0][0].expected, 55, 1e-9);
    EXPECT_DOUBLE_EQ(made.practices[1].patients[1], 1000);
}

TEST(StandardisedCounts, what_is_expected_of_all_is_what_was_counted) {
    const auto made = standardise(two_practices());
    for (std::size_t month = 0; month < 2; ++month) {
        double expected = 0;
        std::int64_t observed = 0;
        for (const auto& series : made.practices) {
            expected += series.measures[0][month].expected;
            observed += series.measures[0][month].observed;
        }
        EXPECT_NEAR(expected, static_cast<double>(observed), 1e-9);
    }
}

TEST(StandardisedCounts, records_without_age_or_sex_are_in_no_rate_and_are_counted) {
    auto input = two_practices();
    input.counts.push_back({0, Month(2017, 4), a, '?', 30, 3});
    input.counts.push_back({0, Month(2017, 4), a, 'M', std::nullopt, 4});
    const auto made = standardise(input);
    EXPECT_EQ(made.without_age_or_sex[0], 7);
    EXPECT_EQ(made.practices[0].measures[0][0].observed, 20);
}

TEST(StandardisedCounts, an_age_that_no_list_has_makes_no_rate) {
    auto input = two_practices();
    for (auto& lists : input.lists) {
        for (auto& [practice, list] : lists) list.women[1] = Patients(0);
    }
    const auto made = standardise(input);
    EXPECT_EQ(made.without_patients[0], 2 * 30);
    EXPECT_EQ(made.practices[0].measures[0][0].observed, 15);
}

TEST(StandardisedCounts, a_practice_without_a_list_of_the_month_is_not_compared_in_it) {
    auto input = two_practices();
    input.lists[0].erase(b);
    input.counts.push_back({0, Month(2017, 4), c, 'M', 30, 9});
    const auto made = standardise(input);
    EXPECT_EQ(made.find(c), nullptr);
    EXPECT_EQ(made.find(b)->measures[0][0].observed, 0);
    EXPECT_EQ(made.find(b)->patients[0], 0);
    EXPECT_NEAR(made.find(a)->measures[0][0].expected, 20, 1e-9);
    EXPECT_GT(made.find(b)->measures[0][1].expected, 0);
}

TEST(StandardisedCounts, the_bands_add_up_to_what_is_expected) {
    const auto input = two_practices();
    const auto made = standardise(input);
    const auto bands = expected_by_band(input, a, 0, 0);
    ASSERT_EQ(bands.size(), 4U);
    double expected = 0, patient_years = 0;
    std::int64_t observed = 0;
    for (const BandWorking& band : bands) {
        expected += band.expected;
        observed += band.observed;
        patient_years += band.patient_years;
    }
    EXPECT_NEAR(expected, 38, 1e-9);
    EXPECT_EQ(observed, 40);
    EXPECT_NEAR(patient_years, 1000.0 * 2 / 12, 1e-9);
    // 30 of 300 a month are 1,200 for 1,000 patients a year.
    EXPECT_NEAR(bands[1].reference_rate, 1200, 1e-9);
}

}  // namespace
}  // namespace purse
