// Two proportions side by side: their difference, ratio and odds ratio, and whether chance explains
// the difference.
#pragma once

#include <optional>

#include "statistics/confidence.hpp"

namespace purse {

struct CountOf {
    double count = 0;
    double total = 0;
};

// What is not defined (a ratio to a share of nothing, say) is left out.
struct ProportionComparison {
    double difference = 0;   // first - second
    Interval wald;           // by the two variances
    Interval newcombe;       // from the two Wilson intervals (Newcombe 1998, method 10)
    Interval agresti_caffo;  // one success and one failure added to each (Agresti and Caffo 2000)
    std::optional<double> ratio;
    std::optional<Interval> ratio_interval;  // on the log scale (Katz 1978)
    std::optional<double> odds_ratio;
    std::optional<Interval> odds_ratio_interval;  // on the log scale (Woolf 1955)
    std::optional<double> z;                      // with the pooled share; no correction
    std::optional<double> p_of_z;                 // two-sided
    double fisher_p = 1;  // two-sided: all tables no likelier than this one (Fisher 1935)
};

// The z of `compare_proportions` alone, for many comparisons: the difference over its standard
// error with the pooled share. None where it is not defined. Counts are taken as whole and in
// order.
std::optional<double> pooled_z(CountOf first, CountOf second);

// Refuses negative counts, totals that are not above 0, more counted than there are, and counts
// that are not whole.
Result<ProportionComparison> compare_proportions(CountOf first, CountOf second,
                                                 Confidence confidence);

}  // namespace purse
