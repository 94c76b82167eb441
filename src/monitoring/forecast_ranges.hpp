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

// Errors of lines that are added up: apart they make the root of their squares, alike their sum.
struct ErrorSum {
    double squares = 0;
    double errors = 0;

    void add(double error);
    [[nodiscard]] double together(double alike) const;
};

// What one past forecast of several lines missed.
struct PastSum {
    double missed = 0;
    ErrorSum error;
    double relative = 0;  // misses over their errors
    double relative_squares = 0;
    double lines = 0;

    void add(double missed_by, double with_error);  // the error is above 0
};

// How far lines miss alike: the mean product of two lines' misses over their mean square.
class Likeness {
  public:
    void add(const PastSum& sum);
    [[nodiscard]] double alike() const;  // 0 to 1

  private:
    double products_ = 0, pairs_ = 0, squares_ = 0, lines_ = 0, sums_ = 0;
};

}  // namespace purse
