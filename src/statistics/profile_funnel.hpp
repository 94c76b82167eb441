// Funnel plots of the public health profiles (Fingertips): limits for a chart of proportions, rates
// or ratios around their average, and what lies outside them. No allowance for over-dispersion:
// `funnel.hpp` has that.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace purse {

enum class FunnelOf {
    proportion,
    crude_rate,
    standardised_rate,   // directly standardised
    count_ratio,         // shown as the excess over 1
    standardised_ratio,  // indirectly standardised, shown x 100
};

// One practice. A rate's denominator is derived from rate and events where it has events; a
// standardised rate's always.
struct FunnelPoint {
    double numerator = 0;
    std::optional<double> denominator;
    std::optional<double> rate;
};

struct FunnelScale {
    double multiplier = 100;  // of proportions and rates
    double years = 1;         // that a rate's events were counted over
};

// One place of the chart's axis: people for proportions, events for rates and ratios.
struct FunnelPlace {
    double at = 0;
    double lower_2s = 0, upper_2s = 0;  // 95% between them
    double lower_3s = 0, upper_3s = 0;  // 99.8% between them
    // Rates: the people (one year's) at which that many events lie on the limit; ratios: the
    // expected events.
    struct Across {
        double lower_2s = 0, upper_2s = 0, lower_3s = 0, upper_3s = 0;
    };
    std::optional<Across> across;
};

struct FunnelChart {
    std::optional<double> baseline;  // x multiplier; ratios have none
    std::vector<FunnelPlace> places;
};

// The limits at a hundred places from 1 (or just below the smallest denominator, where the largest
// is at most twice as large) to just above the largest. Proportions: Wilson's score limits turned
// round, cut to 0 and the multiplier; rates and ratios: exact Poisson limits. Source: Public Health
// England, Technical Guide (2018), and its spreadsheet tool for funnel plots. Refuses fewer than
// two points, negative numerators, denominators that are not above 0, shares above 1, and points
// whose denominator is neither given nor can be derived.
Result<FunnelChart> profile_funnel(std::span<const FunnelPoint> points, FunnelOf of,
                                   const FunnelScale& scale);

enum class Significance { low_3s, low_2s, none, high_2s, high_3s, too_few_events };
std::string_view name_of(Significance significance);  // "Low (0.001)", ..., "Not significant"

// Where each point lies against the average of all (ratios: against 1). Standardised rates of fewer
// than ten events are `too_few_events`. Refuses as `profile_funnel` does.
Result<std::vector<Significance>> funnel_significance(std::span<const FunnelPoint> points,
                                                      FunnelOf of, const FunnelScale& scale);

}  // namespace purse
