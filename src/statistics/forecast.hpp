// A forecast, step by step, and the plain methods that every other must beat.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "statistics/confidence.hpp"

namespace purse {

struct ForecastStep {
    double mean = 0;
    Interval interval;  // in which the value will lie
};
using Forecast = std::vector<ForecastStep>;

// Values in order of time, in any unit; steps >= 1. Errors as Hyndman and Athanasopoulos (2018,
// section 3.5) give them. All refuse series that are too short and numbers that are not finite.

// The last value stays: error s sqrt(h), s the root mean square of the changes.
Result<Forecast> naive_forecast(std::span<const double> values, std::size_t steps,
                                Confidence confidence);
// The same season of last year: error s sqrt(years ahead), s over the changes of a year.
Result<Forecast> seasonal_naive_forecast(std::span<const double> values, std::size_t season,
                                         std::size_t steps, Confidence confidence);
// The line through the first and the last value: s is the spread of the changes, and the error of
// their mean grows along.
Result<Forecast> drift_forecast(std::span<const double> values, std::size_t steps,
                                Confidence confidence);
// The mean of all, with Student's limits.
Result<Forecast> mean_forecast(std::span<const double> values, std::size_t steps,
                               Confidence confidence);
// The theta method (Assimakopoulos and Nikolopoulos 2000): half the trend added to exponential
// smoothing (Hyndman and Billah 2003), seasons taken out first where the series shows them. Means
// only.
Result<std::vector<double>> theta_forecast(std::span<const double> values, std::size_t season,
                                           std::size_t steps);

}  // namespace purse
