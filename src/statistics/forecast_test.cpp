#include "statistics/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "statistics/autocorrelation.hpp"
#include "statistics/exponential_smoothing.hpp"
#include "statistics/forecast_accuracy.hpp"
#include "statistics/holt_winters.hpp"
#include "statistics/least_squares.hpp"
#include "statistics/nelder_mead.hpp"
#include "statistics/quantiles.hpp"
#include "statistics/slope_index.hpp"
#include "statistics/trend_and_season.hpp"

namespace purse {
namespace {

TEST(NaiveForecast, keeps_the_last_value_and_widens_with_the_root_of_time) {
    const auto forecast = naive_forecast(std::vector<double>{1, 2, 1, 2}, 4, Confidence::of_95());
    ASSERT_TRUE(forecast.ok());
    EXPECT_EQ(forecast->at(3).mean, 2);
    EXPECT_NEAR(forecast->at(3).interval.upper - 2, 2 * 1.959964, 1e-5);  // changes of 1; sqrt(4)
}

TEST(SeasonalNaiveForecast, repeats_last_years_seasons) {
    const std::vector<double> values{1, 5, 2, 6};
    const auto forecast = seasonal_naive_forecast(values, 2, 3, Confidence::of_95());
    ASSERT_TRUE(forecast.ok());
    EXPECT_EQ(forecast->at(0).mean, 2);
    EXPECT_EQ(forecast->at(1).mean, 6);
    EXPECT_EQ(forecast->at(2).mean, 2);
    EXPECT_NEAR(forecast->at(2).interval.upper - 2, std::sqrt(2.0) * 1.959964, 1e-5);
}

TEST(DriftForecast, goes_on_along_the_line_from_first_to_last) {
    const auto forecast = drift_forecast(std::vector<double>{1, 4, 5, 7}, 2, Confidence::of_95());
    ASSERT_TRUE(forecast.ok());
    EXPECT_DOUBLE_EQ(forecast->at(1).mean, 11);
}

TEST(PlainForecasts, refuse_series_that_are_too_short) {
    const std::vector<double> one{1};
    EXPECT_FALSE(naive_forecast(one, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(drift_forecast(one, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(mean_forecast(one, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(theta_forecast(one, 12, 1).ok());
    EXPECT_FALSE(naive_forecast(std::vector<double>{1, 2}, 0, Confidence::of_95()).ok());
}

TEST(Decomposition, finds_the_seasons_that_were_put_in) {
    std::vector<double> values;
    for (int i = 0; i < 16; ++i) values.push_back(10 + i + (i % 4 == 0 ? 3 : -1));
    const auto parts = decompose(values, 4, SeasonKind::additive);
    ASSERT_TRUE(parts.ok());
    EXPECT_NEAR(parts->season[0], 3, 1e-9);
    EXPECT_NEAR(parts->season[2], -1, 1e-9);
    EXPECT_NEAR(*parts->trend[7], 17, 1e-9);
    EXPECT_FALSE(parts->trend[1]);
    EXPECT_FALSE(decompose(std::span(values).first(7), 4, SeasonKind::additive).ok());
    values[3] = 0;
    EXPECT_FALSE(decompose(values, 4, SeasonKind::multiplicative).ok());
}

// By hand: level 1, then 1 + 0.5(3 - 1) = 2, then 2 + 0.5(2 - 2) = 2.
TEST(HoltWinters, smooths_a_level_by_hand) {
    const auto fitted =
        holt_winters(std::vector<double>{1, 3, 2}, 1, SeasonKind::additive, {0.5, {}, {}});
    ASSERT_TRUE(fitted.ok());
    EXPECT_EQ(fitted->fitted, (std::vector<double>{1, 2}));
    EXPECT_DOUBLE_EQ(fitted->squared_errors, 4);
    EXPECT_DOUBLE_EQ(fitted->forecast(5).back(), 2);
}

// By hand: level 3, trend 2; 5 expected, 6 came: level 5.5, trend 0.5 x 2.5 + 0.5 x 2 = 2.25.
TEST(HoltWinters, smooths_a_trend_by_hand) {
    const auto fitted =
        holt_winters(std::vector<double>{1, 3, 6}, 1, SeasonKind::additive, {0.5, 0.5, {}});
    ASSERT_TRUE(fitted.ok());
    EXPECT_DOUBLE_EQ(fitted->level, 5.5);
    EXPECT_DOUBLE_EQ(fitted->trend, 2.25);
    EXPECT_DOUBLE_EQ(fitted->forecast(2).back(), 10);
}

TEST(HoltWinters, foretells_a_steady_season_exactly) {
    const std::vector<double> year{20, 26, 14, 20};
    std::vector<double> values;
    for (int i = 0; i < 20; ++i) values.push_back(year[static_cast<std::size_t>(i % 4)]);
    for (const SeasonKind kind : {SeasonKind::additive, SeasonKind::multiplicative}) {
        const auto fitted = holt_winters(std::span(values).first(18), 4, kind, {0.4, 0.3, 0.2});
        ASSERT_TRUE(fitted.ok()) << fitted.problem().says;
        EXPECT_EQ(fitted->fitted.size(), 14U);
        EXPECT_NEAR(fitted->squared_errors, 0, 1e-18);
        const auto ahead = fitted->forecast(5);
        for (std::size_t h = 0; h < 5; ++h) EXPECT_NEAR(ahead[h], year[(18 + h) % 4], 1e-9) << h;
    }
}

TEST(HoltWinters, refuses_weights_outside_0_to_1) {
    const std::vector<double> values{1, 2, 3, 4};
    EXPECT_FALSE(holt_winters(values, 1, SeasonKind::additive, {1.5, {}, {}}).ok());
    EXPECT_FALSE(holt_winters(values, 2, SeasonKind::additive, {0.5, {}, 0.5}).ok());
    EXPECT_FALSE(holt_winters(values, 4, SeasonKind::additive, {0.5, 0.5, 0.5}).ok());
}

TEST(LowestPlace, is_found_in_a_bent_valley) {
    const auto rosenbrock = [](const std::vector<double>& x) {
        return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
    };
    const LowestPlace found = lowest_place(rosenbrock, {-1.2, 1});
    EXPECT_NEAR(found.at[0], 1, 1e-3);
    EXPECT_NEAR(found.at[1], 1, 1e-3);
}

TEST(FittedSmoothing, refuses_what_it_cannot_fit) {
    EXPECT_FALSE(fit_smoothing(std::vector<double>(30, 5.0), 1, {}).ok());
    EXPECT_FALSE(fit_smoothing(std::vector<double>{1, 2, 3}, 1, {}).ok());
    EXPECT_FALSE(fit_smoothing(std::vector<double>(60, 1.0), 52, {true, true}).ok());
}

TEST(ForecastAccuracy, is_scaled_by_last_years_changes) {
    const std::vector<double> history{1, 2, 3, 5};
    const auto found =
        forecast_accuracy(history, std::vector<double>{4, 8}, std::vector<double>{5, 6}, 2);
    ASSERT_TRUE(found.ok());
    EXPECT_DOUBLE_EQ(found->mean_error, 0.5);
    EXPECT_DOUBLE_EQ(found->mean_absolute, 1.5);
    EXPECT_DOUBLE_EQ(found->scaled, 1.5 / 2.5);
    EXPECT_DOUBLE_EQ(*found->mean_absolute_percentage, 25);
    EXPECT_FALSE(forecast_accuracy(history, std::vector<double>{0}, std::vector<double>{1}, 2)
                     ->mean_percentage);
    EXPECT_FALSE(forecast_accuracy(history, {}, {}, 2).ok());
}

TEST(Autocorrelations, of_a_constant_are_refused) {
    EXPECT_FALSE(autocorrelations(std::vector<double>(9, 2.0), 3).ok());
    EXPECT_NEAR(autocorrelations(std::vector<double>{1, -1, 1, -1}, 1)->at(0), -0.75, 1e-12);
}

// By hand: y = 1, 2, 4 over 1, 2, 3: slope 1.5, intercept -2/3, squares 1/6.
TEST(LeastSquares, fits_a_line_by_hand) {
    const auto fit = least_squares({{1, 1, 1}, {1, 2, 3}}, std::vector<double>{1, 2, 4});
    ASSERT_TRUE(fit.ok());
    EXPECT_NEAR(fit->coefficients[1], 1.5, 1e-12);
    EXPECT_NEAR(fit->coefficients[0], -2.0 / 3, 1e-12);
    EXPECT_NEAR(fit->residual_variance, 1.0 / 6, 1e-12);
    EXPECT_NEAR(fit->standard_errors[1], std::sqrt(1.0 / 12), 1e-12);
}

TEST(LeastSquares, refuses_columns_that_others_make_up) {
    EXPECT_FALSE(least_squares({{1, 1, 1}, {2, 2, 2}}, std::vector<double>{1, 2, 4}).ok());
    EXPECT_FALSE(least_squares({{1, 1}, {1, 2, 3}}, std::vector<double>{1, 2}).ok());
    EXPECT_FALSE(least_squares({}, std::vector<double>{1, 2}).ok());
}

TEST(TrendAndSeason, goes_on_along_what_it_found) {
    std::vector<double> values;
    for (int i = 0; i < 12; ++i)
        values.push_back(2 * i + (i % 3 == 1 ? 5 : 0) + (i == 4 ? 0.1 : 0));
    const auto fitted = trend_and_season(values, 3);
    ASSERT_TRUE(fitted.ok());
    EXPECT_NEAR(fitted->forecast(2, Confidence::of_95())[1].mean, 31, 0.2);
    EXPECT_GT(fitted->r_squared, 0.99);
    EXPECT_FALSE(trend_and_season(std::span(values).first(4), 3).ok());
}

TEST(Percentiles, lie_between_neighbours_in_proportion) {
    const std::vector<double> numbers{30, 10, 20, 40};
    EXPECT_DOUBLE_EQ(*percentile(numbers, 0.5), 25);
    EXPECT_DOUBLE_EQ(*percentile(numbers, 1), 40);
    EXPECT_DOUBLE_EQ(*percentile(numbers, 0.1), 13);
    EXPECT_FALSE(percentile(numbers, 1.1).ok());
    EXPECT_FALSE(percentile({}, 0.5).ok());
}

TEST(Percentiles, hit_a_number_exactly_where_it_stands) {
    std::vector<double> numbers;
    for (int i = 0; i <= 10; ++i) numbers.push_back(i * 7.0);
    for (int i = 1; i < 10; ++i)
        EXPECT_EQ(deciles_of(numbers)->at(static_cast<std::size_t>(i - 1)), i * 7.0);
}

TEST(QuantileGroups, share_a_group_where_values_are_equal) {
    const std::vector<std::optional<double>> numbers{5.0, 1.0, {}, 5.0, 9.0};
    const auto groups = quantile_groups(numbers, 2, GroupOne::lowest);
    ASSERT_TRUE(groups.ok());
    EXPECT_EQ(groups->at(0), groups->at(3));
    EXPECT_EQ(groups->at(1), 1);
    EXPECT_EQ(groups->at(4), 2);
    EXPECT_FALSE(groups->at(2));
    EXPECT_FALSE(quantile_groups(numbers, 5, GroupOne::lowest)->at(0)) << "fewer than groups";
    EXPECT_FALSE(quantile_groups(numbers, 1, GroupOne::lowest).ok());
}

TEST(SlopeIndex, of_a_straight_gradient_is_its_ends_apart) {
    const std::vector<AdvantageGroup> groups{{100, 15}, {100, 25}};  // at 0.25 and 0.75
    const auto slope = slope_index(groups, 1);
    ASSERT_TRUE(slope.ok());
    EXPECT_NEAR(slope->slope, 20, 1e-9);
    EXPECT_NEAR(slope->relative, 3, 1e-9);
    EXPECT_NEAR(slope_index(groups, -100)->relative, 1.0 / 3, 1e-9);
    EXPECT_FALSE(slope_index(std::vector<AdvantageGroup>{{0, 1}, {5, 2}}, 1).ok());
}

}  // namespace
}  // namespace purse
