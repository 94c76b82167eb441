#include "statistics/monthly_forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace purse {
namespace {

std::vector<double> same_days(std::size_t months) { return std::vector<double>(months, 21.0); }

TEST(MonthlyForecast, a_level_series_stays_where_it_is) {
    const std::vector<double> values(24, 100.0);
    const auto forecast = monthly_forecast(values, same_days(30));
    ASSERT_TRUE(forecast.ok());
    ASSERT_EQ(forecast->means.size(), 6U);
    for (const double mean : forecast->means) EXPECT_NEAR(mean, 100, 1e-9);
    EXPECT_NEAR(forecast->sum(), 600, 1e-9);
    EXPECT_NEAR(forecast->sum_error(), 0, 1e-9);
}

TEST(MonthlyForecast, a_month_with_more_days_gets_more) {
    std::vector<double> values;
    std::vector<double> days;
    for (int i = 0; i < 24; ++i) {
        days.push_back(i % 2 == 0 ? 20 : 22);
        values.push_back(5 * days.back());
    }
    days.push_back(18);
    const auto forecast = monthly_forecast(values, days);
    ASSERT_TRUE(forecast.ok());
    EXPECT_NEAR(forecast->means[0], 90, 1e-6);
}

TEST(MonthlyForecast, a_season_that_comes_every_year_is_carried_on) {
    std::vector<double> values;
    for (int i = 0; i < 48; ++i) {
        values.push_back(100 + 20 * std::sin(2 * std::numbers::pi * i / 12));
    }
    const auto forecast = monthly_forecast(values, same_days(60));
    ASSERT_TRUE(forecast.ok());
    for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(forecast->means[i], values[i], 1.0) << i;
}

TEST(MonthlyForecast, of_a_single_year_half_of_its_season_is_believed) {
    std::vector<double> values(12, 100.0);
    values[3] = 112;
    values[4] = 88;
    const auto forecast = monthly_forecast(values, same_days(24));
    ASSERT_TRUE(forecast.ok());
    EXPECT_NEAR(forecast->season[3], 1.06, 1e-9);
    EXPECT_NEAR(forecast->season[4], 0.94, 1e-9);
}

// Half a line that stands out (theta), and next to nothing of one that does not.
TEST(MonthlyForecast, a_trend_is_followed_by_half_where_it_stands_out) {
    std::vector<double> rising;
    std::vector<double> chance;
    for (int i = 0; i < 36; ++i) {
        rising.push_back(100 + 1.0 * i);
        chance.push_back(100 + (i * 7919 % 13) - 6);
    }
    const auto up = monthly_forecast(rising, same_days(39));
    ASSERT_TRUE(up.ok());
    EXPECT_NEAR(up->trend, 0.5, 0.05);
    EXPECT_GT(up->means[0], 134);
    const auto flat = monthly_forecast(chance, same_days(39));
    ASSERT_TRUE(flat.ok());
    EXPECT_LT(std::abs(flat->trend), 0.1);
}

TEST(MonthlyForecast, the_error_of_a_longer_sum_is_larger_and_grows_faster_with_a_moving_level) {
    MonthlyForecast forecast{.means = {100, 100, 100}, .spread = 10, .cycles = 1e9};
    EXPECT_NEAR(forecast.sum_error(), 10 * std::sqrt(3.0), 1e-6);
    forecast.alpha = 0.5;  // 1, 1.5 and 2 times a month's error
    EXPECT_NEAR(forecast.sum_error(), 10 * std::sqrt(1 + 2.25 + 4), 1e-6);
}

TEST(MonthlyForecast, refuses_less_than_a_year_and_what_is_no_series) {
    EXPECT_FALSE(monthly_forecast(std::vector<double>(11, 1.0), same_days(12)).ok());
    EXPECT_FALSE(monthly_forecast(std::vector<double>(12, 0.0), same_days(13)).ok());
    EXPECT_FALSE(monthly_forecast(std::vector<double>(12, -1.0), same_days(13)).ok());
    EXPECT_FALSE(monthly_forecast(std::vector<double>(12, 1.0), std::vector<double>(13, 0.0)).ok());
    EXPECT_FALSE(monthly_forecast(std::vector<double>(12, 1.0), same_days(11)).ok());
}

}  // namespace
}  // namespace purse
