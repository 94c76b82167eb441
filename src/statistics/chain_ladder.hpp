// What is still to come of months or years that are only partly reported: chain ladder factors with
// Mack's errors (Mack 1993, "Distribution-free calculation of the standard error of chain ladder
// reserve estimates", ASTIN Bulletin 23).
#pragma once

#include <cstddef>
#include <map>
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
    double base = 0;           // the sum that the factor was taken over
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

// From what is known after a step to the whole, for an amount that is no row of the triangle but
// comes about as its rows do (one practice's part of a month). In the triangle's unit.
struct FactorToUltimate {
    double factor = 1;
    double process = 0;  // variance of the outstanding, for one unit known
    double shared = 0;   // relative variance of the factor itself: the same for all it is used on

    [[nodiscard]] double outstanding(double known) const { return known * (factor - 1); }
    [[nodiscard]] double standard_error(double known) const;  // as Mack's of a row so far known
};
// `step` counts from 0: the amount is known as a row of step + 1 values is. CHECKs that there is
// such a step.
FactorToUltimate factor_to_ultimate(const ChainLadder& ladder, std::size_t step);

// The error of a sum of outstanding amounts: what happens to each is its own, what is not known of
// a factor is common to all that it was used on.
class OutstandingError {
  public:
    // `use` names the factor: equal for amounts that share one.
    void add(double known, int use, const FactorToUltimate& factor);
    OutstandingError& operator+=(const OutstandingError& other);
    [[nodiscard]] double variance() const;
    [[nodiscard]] double standard_error() const;

  private:
    struct Shared {
        double ultimate = 0;
        double relative = 0;
    };
    double process_ = 0;
    std::map<int, Shared> shared_;
};

}  // namespace purse
