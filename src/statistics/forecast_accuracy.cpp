#include "statistics/forecast_accuracy.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics/average.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

Result<double> seasonal_scale(std::span<const double> history, std::size_t season) {
    if (season == 0) return bad_input("a season of 0 periods is none");
    if (auto fault = refuse_if_fewer(history.size(), season + 1, "values before the forecast");
        !fault) {
        return fault.problem();
    }
    std::vector<double> changes;
    for (std::size_t i = season; i < history.size(); ++i) {
        changes.push_back(std::abs(history[i] - history[i - season]));
    }
    const double scale = mean_of(changes);
    if (scale > 0) return scale;
    return bad_input("the history repeats itself: there is no change to scale errors by");
}

void add_percentages(std::span<const double> actual, std::span<const double> errors,
                     ForecastAccuracy& accuracy) {
    if (std::find(actual.begin(), actual.end(), 0.0) != actual.end()) return;
    std::vector<double> shares;
    std::vector<double> sizes;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        shares.push_back(100 * errors[i] / actual[i]);
        sizes.push_back(std::abs(shares.back()));
    }
    accuracy.mean_percentage = mean_of(shares);
    accuracy.mean_absolute_percentage = mean_of(sizes);
}

}  // namespace

Result<ForecastAccuracy> forecast_accuracy(std::span<const double> history,
                                           std::span<const double> actual,
                                           std::span<const double> forecast, std::size_t season) {
    if (actual.size() != forecast.size()) {
        return bad_input(
            fmt::format("{} values came and {} were forecast", actual.size(), forecast.size()));
    }
    if (auto fault = first_problem({refuse_if_fewer(actual.size(), 1, "forecasts"),
                                    refuse_unless_all_finite(history, "value"),
                                    refuse_unless_all_finite(actual, "value"),
                                    refuse_unless_all_finite(forecast, "forecast")});
        !fault) {
        return fault.problem();
    }
    const auto scale = seasonal_scale(history, season);
    if (!scale) return scale.problem();
    std::vector<double> errors;
    std::vector<double> sizes;
    std::vector<double> squares;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        errors.push_back(actual[i] - forecast[i]);
        sizes.push_back(std::abs(errors.back()));
        squares.push_back(errors.back() * errors.back());
    }
    ForecastAccuracy accuracy;
    accuracy.mean_error = mean_of(errors);
    accuracy.root_mean_square = std::sqrt(mean_of(squares));
    accuracy.mean_absolute = mean_of(sizes);
    accuracy.scale = *scale;
    accuracy.scaled = accuracy.mean_absolute / *scale;
    add_percentages(actual, errors, accuracy);
    return accuracy;
}

}  // namespace purse
