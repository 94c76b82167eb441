// How wide a forecast's range has to be, by what past forecasts would have missed: their misses
// over their own errors, and which of them 80 and 95 in 100 stay below (split conformal prediction:
// Vovk and others 2005; here with the normal distribution's as a prior).
#pragma once

#include <vector>

namespace purse {

class PastMisses {
  public:
    // What came less what was said, and the error that went with it; an error of 0 tells nothing.
    void add(double missed, double error);
    [[nodiscard]] std::size_t count() const { return misses_.size(); }
    // How many errors either way to go for this share of cases.
    [[nodiscard]] double errors_for(double share) const;

  private:
    std::vector<double> misses_;
};

}  // namespace purse
