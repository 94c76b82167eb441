// How sure an interval claims to be, and the interval itself.
#pragma once

#include "base/result.hpp"

namespace purse {

struct Interval {
    double lower = 0;
    double upper = 0;
};

// A confidence level, such as 0.95 (95 is read as the same). Half is left out at either end.
class Confidence {
  public:
    // Refuses what lies outside 0.5 to 1, and outside 50 to 100; neither end is a level.
    static Result<Confidence> of(double level);
    static Confidence of_95() { return Confidence(0.95); }
    static Confidence of_998() { return Confidence(0.998); }

    [[nodiscard]] double level() const { return level_; }
    [[nodiscard]] double tail() const { return (1 - level_) / 2; }
    // The normal deviate that leaves `tail` above it: 1.959964 for 0.95.
    [[nodiscard]] double z() const;

  private:
    explicit Confidence(double level) : level_(level) {}
    double level_;
};

}  // namespace purse
