// A straight trend with a level of its own for each place in the season, by least squares.
#pragma once

#include <cstddef>
#include <span>

#include "statistics/forecast.hpp"
#include "statistics/least_squares.hpp"

namespace purse {

struct TrendAndSeason {
    LinearFit fit;  // constant, trend a period, then each season but the first against the first
    std::size_t season = 1;
    std::size_t values = 0;
    double r_squared = 0;
    // With Student's limits of the prediction.
    [[nodiscard]] Forecast forecast(std::size_t steps, Confidence confidence) const;
};

// A season of 1 is none. Refuses series too short to leave any freedom, and constant ones.
Result<TrendAndSeason> trend_and_season(std::span<const double> values, std::size_t season);

}  // namespace purse
