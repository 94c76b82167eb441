// The slope index of inequality: how far an indicator lies apart between the least and the most
// advantaged, all between them counted.
#pragma once

#include <span>

#include "base/result.hpp"

namespace purse {

// Groups of the population from the least to the most advantaged.
struct AdvantageGroup {
    double population = 0;
    double value = 0;  // of the indicator, in its own unit
};

struct SlopeIndex {
    double slope = 0;      // x multiplier
    double relative = 0;   // the line at the top over the line at the bottom; turned over where the
                           // multiplier is negative (less is better)
    double intercept = 0;  // the line at the bottom, in the indicator's unit
};

// The line of the value on the group's place (the mid-point of its range of the cumulated
// population, 0 to 1), weighted by population (Low and Low 2004). Refuses fewer than two groups,
// populations that are not above 0, a multiplier of 0, and a line that starts at 0.
Result<SlopeIndex> slope_index(std::span<const AdvantageGroup> groups, double multiplier);

}  // namespace purse
