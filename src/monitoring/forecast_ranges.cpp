#include "monitoring/forecast_ranges.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/distributions.hpp"

namespace purse {

namespace {

// Forecasts of one year from its successive months miss alike: six of them tell as much as one.
constexpr double months_alike = 6;
// What is thought before there is any past counts as this many cases.
constexpr double prior_cases = 5;
// Lines of a commissioner go up and down together to some degree: the same patients, hospitals,
// winters.
constexpr double alike_before = 0.25;

}  // namespace

void PastMisses::add(double missed, double error) {
    if (error > 0) misses_.push_back(std::abs(missed) / error);
}

double PastMisses::errors_for(double share) const {
    const double cases = static_cast<double>(misses_.size()) / months_alike;
    // How large an error is at all is known from so many cases and no more: Student's distribution.
    const double thought = student_quantile((1 + share) / 2, prior_cases + cases);
    if (misses_.empty()) return thought;
    std::vector<double> sorted = misses_;
    std::ranges::sort(sorted);
    const auto n = static_cast<double>(sorted.size());
    const auto place =
        static_cast<std::size_t>(std::clamp(std::ceil(share * (n + 1)) - 1, 0.0, n - 1));
    return (cases * sorted[place] + prior_cases * thought) / (cases + prior_cases);
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
    sums_ += 1;
}

double Likeness::alike() const {
    if (pairs_ <= 0 || squares_ <= 0) return alike_before;
    const double seen = std::clamp(products_ / pairs_ / (squares_ / lines_), 0.0, 1.0);
    const double cases = sums_ / months_alike;
    return (cases * seen + prior_cases * alike_before) / (cases + prior_cases);
}

}  // namespace purse
