#include "statistics/rate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "statistics/average.hpp"
#include "statistics/standardised_rate.hpp"

namespace purse {
namespace {

TEST(CrudeRate, below_ten_events_has_exact_limits) {
    const auto rate = crude_rate(5, 1000, 1000, Confidence::of_95());
    ASSERT_TRUE(rate.ok());
    EXPECT_DOUBLE_EQ(rate->value, 5);
    EXPECT_EQ(name_of(rate->method), "Exact");
    EXPECT_NEAR(rate->interval.lower, 1.6235, 5e-5);  // Garwood's table
    EXPECT_NEAR(rate->interval.upper, 11.6683, 5e-5);
}

TEST(CrudeRate, from_ten_events_has_byars_limits) {
    const auto rate = crude_rate(100, 1000, 1000, Confidence::of_95());
    ASSERT_TRUE(rate.ok());
    EXPECT_EQ(name_of(rate->method), "Byars");
    EXPECT_NEAR(rate->interval.lower, 81.3621, 5e-5);
    EXPECT_NEAR(rate->interval.upper, 121.6279, 5e-5);
}

TEST(CrudeRate, of_no_events_starts_at_0) {
    const auto rate = crude_rate(0, 500, 100, Confidence::of_95());
    ASSERT_TRUE(rate.ok());
    EXPECT_EQ(rate->interval.lower, 0);
    EXPECT_NEAR(rate->interval.upper, 3.688879 / 5, 1e-6);
}

TEST(CrudeRate, refuses_what_cannot_be) {
    EXPECT_FALSE(crude_rate(-1, 100, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(crude_rate(1, 0, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(crude_rate(1, 100, 0, Confidence::of_95()).ok());
    EXPECT_FALSE(crude_rate(std::nan(""), 100, 1, Confidence::of_95()).ok());
}

TEST(ConfidenceLevel, is_read_as_a_share_or_per_cent) {
    EXPECT_EQ(Confidence::of(0.99)->level(), Confidence::of(99)->level());
    for (const double none : {0.0, 0.5, 1.0, 2.0, 100.0, -0.95}) {
        EXPECT_FALSE(Confidence::of(none).ok()) << none;
    }
}

// Two bands, worked by hand: rates 0.1 and 0.02, standard 1:3.
TEST(DirectlyStandardisedRate, weighs_bands_by_the_standard) {
    const std::vector<StandardisedBand> bands{band_of(100, 1000, 1), band_of(40, 2000, 3)};
    const auto direct = directly_standardised_rate(bands, 1000, Confidence::of_95());
    ASSERT_TRUE(direct.ok() && direct->rate);
    EXPECT_NEAR(direct->rate->value, 1000 * (0.1 + 3 * 0.02) / 4, 1e-9);
    EXPECT_LT(direct->rate->interval.lower, direct->rate->value);
    EXPECT_GT(direct->rate->interval.upper, direct->rate->value);
}

TEST(DirectlyStandardisedRate, is_not_given_below_ten_events) {
    const std::vector<StandardisedBand> bands{band_of(4, 1000, 1), band_of(5, 2000, 3)};
    const auto direct = directly_standardised_rate(bands, 1000, Confidence::of_95());
    ASSERT_TRUE(direct.ok());
    EXPECT_FALSE(direct->rate);
    EXPECT_EQ(direct->events, 9);
}

TEST(DirectlyStandardisedRate, of_repeated_events_has_wider_limits) {
    const std::vector<double> thirty_twice{0, 30};
    const std::vector<StandardisedBand> repeated{band_of_repeated(thirty_twice, 1000, 1)};
    const std::vector<StandardisedBand> single{band_of(60, 1000, 1)};
    const auto wide = directly_standardised_rate(repeated, 1, Confidence::of_95());
    const auto narrow = directly_standardised_rate(single, 1, Confidence::of_95());
    ASSERT_TRUE(wide.ok() && narrow.ok());
    EXPECT_EQ(wide->rate->value, narrow->rate->value);
    EXPECT_LT(wide->rate->interval.lower, narrow->rate->interval.lower);
}

TEST(DirectlyStandardisedRate, refuses_a_band_without_people) {
    const std::vector<StandardisedBand> bands{band_of(10, 1000, 1), band_of(0, 0, 3)};
    const auto direct = directly_standardised_rate(bands, 1000, Confidence::of_95());
    ASSERT_FALSE(direct.ok());
    EXPECT_NE(direct.problem().says.find("band 2"), std::string::npos) << direct.problem().says;
}

TEST(IndirectlyStandardisedRatio, is_observed_over_expected) {
    const std::vector<ReferenceBand> bands{{30, 1000, 200, 10'000}, {30, 500, 400, 10'000}};
    const auto ratio = indirectly_standardised_ratio(bands, 100, Confidence::of_95());
    ASSERT_TRUE(ratio.ok());
    EXPECT_DOUBLE_EQ(ratio->expected, 20 + 20);
    EXPECT_DOUBLE_EQ(ratio->value, 150);
    const auto rate = indirectly_standardised_rate(bands, 1000, Confidence::of_95());
    ASSERT_TRUE(rate.ok());
    EXPECT_DOUBLE_EQ(rate->reference, 30);
    EXPECT_DOUBLE_EQ(rate->value, 45);
}

TEST(IndirectlyStandardisedRatio, refuses_to_divide_by_nothing_expected) {
    const std::vector<ReferenceBand> bands{{3, 1000, 0, 10'000}};
    EXPECT_FALSE(indirectly_standardised_ratio(bands, 100, Confidence::of_95()).ok());
    EXPECT_FALSE(indirectly_standardised_ratio({}, 100, Confidence::of_95()).ok());
}

TEST(MeanEstimate, needs_two_numbers) {
    const std::vector<double> two{1, 3};
    EXPECT_DOUBLE_EQ(mean_estimate(two, Confidence::of_95())->value, 2);
    EXPECT_FALSE(mean_estimate(std::span(two).first(1), Confidence::of_95()).ok());
}

}  // namespace
}  // namespace purse
