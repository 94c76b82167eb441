#include "monitoring/forecast_ranges.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/distributions.hpp"

namespace purse {

namespace {

// Forecasts of one year from its successive months miss alike: six of them tell as much as one.
constexpr double months_alike = 6;
// What the normal distribution says counts as this many cases.
constexpr double prior_cases = 5;

}  // namespace

void PastMisses::add(double missed, double error) {
    if (error > 0) misses_.push_back(std::abs(missed) / error);
}

double PastMisses::errors_for(double share) const {
    const double normal = normal_quantile((1 + share) / 2);
    if (misses_.empty()) return normal;
    std::vector<double> sorted = misses_;
    std::ranges::sort(sorted);
    const auto n = static_cast<double>(sorted.size());
    const auto place =
        static_cast<std::size_t>(std::clamp(std::ceil(share * (n + 1)) - 1, 0.0, n - 1));
    const double cases = n / months_alike;
    return (cases * sorted[place] + prior_cases * normal) / (cases + prior_cases);
}

void ErrorSum::add(double error) {
    squares += error * error;
    errors += error;
}

double ErrorSum::together(double alike) const {
    return std::sqrt((1 - alike) * squares + alike * errors * errors);
}

void PastSum::add(double missed_by, double with_error) {
    missed += missed_by;
    error.add(with_error);
    relative += missed_by / with_error;
    relative_squares += missed_by * missed_by / (with_error * with_error);
    lines += 1;
}

void Likeness::add(const PastSum& sum) {
    products_ += sum.relative * sum.relative - sum.relative_squares;
    pairs_ += sum.lines * (sum.lines - 1);
    squares_ += sum.relative_squares;
    lines_ += sum.lines;
}

double Likeness::alike() const {
    if (pairs_ <= 0 || squares_ <= 0) return 0;
    return std::clamp(products_ / pairs_ / (squares_ / lines_), 0.0, 1.0);
}

}  // namespace purse
