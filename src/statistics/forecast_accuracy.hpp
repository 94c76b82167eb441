// How far forecasts fell from what came.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/result.hpp"

namespace purse {

struct ForecastAccuracy {
    double mean_error = 0;  // actual less forecast
    double root_mean_square = 0;
    double mean_absolute = 0;
    std::optional<double> mean_percentage;  // of the actual; none where one is 0
    std::optional<double> mean_absolute_percentage;
    double scale = 0;   // mean absolute change over a season, before the forecast
    double scaled = 0;  // mean absolute error over that: below 1 beats last year's value (Hyndman
                        // and Koehler 2006)
};

// Refuses no forecasts, as many actuals as forecasts they are not, and a history no longer than a
// season or without any change.
Result<ForecastAccuracy> forecast_accuracy(std::span<const double> history,
                                           std::span<const double> actual,
                                           std::span<const double> forecast, std::size_t season);

}  // namespace purse
