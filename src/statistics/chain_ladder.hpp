// What is still to come of months or years that are only partly reported: chain ladder factors with
// Mack's errors (Mack 1993, "Distribution-free calculation of the standard error of chain ladder
// reserve estimates", ASTIN Bulletin 23).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.hpp"

namespace purse {

// Row i: what was known of period i after 1, 2, 3 ... steps, cumulated, in one unit. The first row
// is the longest; no row is longer than the one before it.
using RunOffTriangle = std::vector<std::vector<double>>;

struct DevelopmentStep {
    double factor = 1;         // from this step to the next: sums over sums
    double sigma_squared = 0;  // of the factor's periods about it
    double completion = 1;     // share of the whole that is known after this step
};

struct ProjectedPeriod {
    double known = 0;
    double ultimate = 0;
    double outstanding = 0;     // ultimate less known
    double standard_error = 0;  // of the outstanding (process and estimation)
};

struct ChainLadder {
    std::vector<DevelopmentStep> steps;  // one fewer than the longest row has
    std::vector<ProjectedPeriod> periods;
    double outstanding = 0;
    double standard_error = 0;  // of the sum, the factors' errors being shared
};

// The last factor's sigma, which one period alone cannot tell, is the least of its two predecessors
// and of their trend (Mack 1993, p. 219). Refuses triangles of fewer than two steps, rows that are
// longer than the one before, values that are not above 0 where a factor rests on them, and columns
// without a later value.
Result<ChainLadder> chain_ladder(const RunOffTriangle& triangle);

}  // namespace purse
