#include "statistics/monthly_forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace purse {
namespace {

std::vector<double> same_days(std::size_t months) { return std::vector<double>(months, 21.0); }

// About 100, a scatter of some 4 that comes again in no year.
double scattered(int month) { return 100 + 4 * std::sin(month * month * 1.7); }

TEST(MonthlyForecast, a_level_series_stays_where_it_is) {
    const std::vector<double> values(24, 100.0);
    const auto forecast = monthly_forecast(values, same_days(30));
    ASSERT_TRUE(forecast.ok());
    ASSERT_EQ(forecast->means.size(), 6U);
    for (const double mean : forecast->means) EXPECT_NEAR(mean, 100, 1e-6);
    EXPECT_NEAR(forecast->sum(), 600, 1e-6);
    EXPECT_LT(forecast->sum_error, 10);  // a level may move yet
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
    EXPECT_NEAR(forecast->means[0], 90, 1e-3);
}

// Days that come and go from year to year, and values that heed them not.
TEST(MonthlyForecast, days_that_change_nothing_are_unlearnt) {
    std::vector<double> values(48, 100.0);
    std::vector<double> days;
    for (int i = 0; i < 49; ++i) days.push_back(21 + 2 * std::sin(i * i * 0.9));
    days.back() = 25;
    const auto forecast = monthly_forecast(values, days);
    ASSERT_TRUE(forecast.ok());
    EXPECT_NEAR(forecast->means[0], 100, 3);  // by days alone: 119
}

TEST(MonthlyForecast, a_season_that_comes_every_year_is_carried_on) {
    std::vector<double> values;
    for (int i = 0; i < 48; ++i) {
        values.push_back(100 + 20 * std::sin(2 * std::numbers::pi * i / 12));
    }
    const auto forecast = monthly_forecast(values, same_days(60));
    ASSERT_TRUE(forecast.ok());
    for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(forecast->means[i], values[i], 2.5) << i;
}

TEST(MonthlyForecast, of_a_single_year_only_part_of_its_season_is_believed) {
    std::vector<double> values(12, 100.0);
    values[3] = 112;
    values[4] = 88;
    const auto forecast = monthly_forecast(values, same_days(24));
    ASSERT_TRUE(forecast.ok());
    EXPECT_GT(forecast->means[3], 103);
    EXPECT_LT(forecast->means[3], 111);
    EXPECT_NEAR(forecast->means[3] + forecast->means[4], 200, 2);
}

TEST(MonthlyForecast, a_trend_is_followed_as_far_as_it_stands_out) {
    std::vector<double> rising;
    std::vector<double> chance;
    for (int i = 0; i < 36; ++i) {
        rising.push_back(scattered(i) + 0.5 * i);
        chance.push_back(scattered(i));
    }
    const auto up = monthly_forecast(rising, same_days(48));
    ASSERT_TRUE(up.ok());
    EXPECT_GT(up->sum() / 12, 116.5);  // where the last year was 115 in the mean
    EXPECT_LT(up->sum() / 12, 121.5);
    const auto flat = monthly_forecast(chance, same_days(48));
    ASSERT_TRUE(flat.ok());
    EXPECT_NEAR(flat->sum() / 12, 100, 1.5);
}

// One month that stands alone is chance: the year is hardly moved by it. A level that has moved and
// stays there is followed.
TEST(MonthlyForecast, a_step_that_stays_is_followed_and_one_bad_month_is_not) {
    std::vector<double> stays;
    std::vector<double> once;
    for (int i = 0; i < 36; ++i) {
        stays.push_back(scattered(i) + (i >= 28 ? 15 : 0));
        once.push_back(scattered(i) + (i == 35 ? 15 : 0));
    }
    const auto moved = monthly_forecast(stays, same_days(42));
    const auto same = monthly_forecast(once, same_days(42));
    ASSERT_TRUE(moved.ok() && same.ok());
    EXPECT_GT(moved->sum() / 6, 109);
    EXPECT_LT(same->sum() / 6, 104);
}

TEST(MonthlyForecast, the_error_of_a_longer_sum_and_of_a_rougher_series_is_larger) {
    std::vector<double> smooth;
    std::vector<double> rough;
    for (int i = 0; i < 36; ++i) {
        smooth.push_back(scattered(i));
        rough.push_back(100 + 3 * (scattered(i) - 100));
    }
    const auto six = monthly_forecast(smooth, same_days(42));
    const auto twelve = monthly_forecast(smooth, same_days(48));
    const auto rougher = monthly_forecast(rough, same_days(42));
    ASSERT_TRUE(six.ok() && twelve.ok() && rougher.ok());
    EXPECT_GT(twelve->sum_error, six->sum_error * std::sqrt(2.0));  // what is not known is common
    EXPECT_GT(rougher->sum_error, 1.8 * six->sum_error);
    // At least what six months' own scatter alone would make, of 2.8 in the mean.
    EXPECT_GT(six->sum_error, 0.9 * 2.8 * std::sqrt(6.0));
    EXPECT_LT(six->sum_error, 3 * 2.8 * std::sqrt(6.0));
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
