// Averages and spreads of numbers, and the interval of a mean.
#pragma once

#include <cstddef>
#include <span>

#include "statistics/confidence.hpp"

namespace purse {

// Sums and means carry extended precision and correct the mean once by its remainder, so that a
// number that equals the mean of others compares equal to it. No numbers: a fault of ours.
double sum_of(std::span<const double> numbers);
double mean_of(std::span<const double> numbers);
// With n - 1 below; at least two numbers.
double standard_deviation_of(std::span<const double> numbers);

struct MeanEstimate {
    double sum = 0;
    std::size_t count = 0;
    double standard_deviation = 0;
    double value = 0;
    Interval interval;
};

// The mean with Student's interval (n - 1 degrees of freedom; "Student" 1908). In the unit of the
// numbers. Refuses fewer than two numbers.
Result<MeanEstimate> mean_estimate(std::span<const double> numbers, Confidence confidence);

}  // namespace purse
