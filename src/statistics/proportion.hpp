// Shares of a whole: how many of so many, with the interval of the share.
#pragma once

#include "statistics/confidence.hpp"

namespace purse {

struct ProportionEstimate {
    double value = 0;
    Interval interval;
};

// count / total x multiplier (100: per cent) with Wilson's score interval (Wilson 1927; Newcombe
// 1998, method 3), which stays within 0 and the multiplier. Refuses a negative count, a total that
// is not above 0, and more counted than there are.
Result<ProportionEstimate> proportion(double count, double total, double multiplier,
                                      Confidence confidence);

// The interval alone, for numbers already checked: 0 <= count <= total, total > 0.
Interval wilson_interval(double count, double total, Confidence confidence);

// Five intervals of one proportion (Brown, Cai and DasGupta 2001), so that an analyst can set them
// side by side: normal (Wald; cut to 0 and 1), Wilson's, Agresti and Coull's (cut to 0 and 1),
// exact (Clopper and Pearson 1934, by the beta distribution), Jeffreys' (beta with halves added).
struct ProportionIntervals {
    double value = 0;
    Interval normal;
    Interval wilson;
    Interval agresti_coull;
    Interval exact;
    Interval jeffreys;
};
// Refuses as `proportion` does.
Result<ProportionIntervals> proportion_intervals(double count, double total, Confidence confidence);

}  // namespace purse
