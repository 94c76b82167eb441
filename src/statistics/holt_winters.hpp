// Exponential smoothing with weights that somebody chose (Holt 1957, Winters 1960).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "statistics/seasonal_decomposition.hpp"

namespace purse {

struct SmoothingWeights {
    double level = 0.3;
    std::optional<double> trend;   // none: no trend
    std::optional<double> season;  // none: no season
};

struct HoltWinters {
    double level = 0;            // after the last value
    double trend = 0;            // a period
    std::vector<double> season;  // of the coming periods, first the next one's
    SeasonKind kind = SeasonKind::additive;
    std::vector<double> fitted;  // each from the values before it, after the start
    double squared_errors = 0;   // of the fitted
    [[nodiscard]] std::vector<double> forecast(std::size_t steps) const;
};

// Starts: without season from the first value, and the first change; with it from the first two
// seasons: a line through their moving average, and their seasonal figure. A season needs a trend.
// Refuses weights outside 0 to 1, and series too short to start from.
Result<HoltWinters> holt_winters(std::span<const double> values, std::size_t season,
                                 SeasonKind kind, const SmoothingWeights& weights);

}  // namespace purse
