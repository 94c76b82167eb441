#include "statistics/average.hpp"

#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

double sum_of(std::span<const double> numbers) {
    long double sum = 0;
    for (const double number : numbers) sum += number;
    return static_cast<double>(sum);
}

double mean_of(std::span<const double> numbers) {
    CHECK(!numbers.empty());
    const auto n = static_cast<long double>(numbers.size());
    long double sum = 0;
    for (const double number : numbers) sum += number;
    const long double mean = sum / n;
    long double remainder = 0;
    for (const double number : numbers) remainder += number - mean;
    return static_cast<double>(mean + remainder / n);
}

double standard_deviation_of(std::span<const double> numbers) {
    CHECK(numbers.size() >= 2);
    const double mean = mean_of(numbers);
    long double squares = 0;
    for (const double number : numbers) {
        squares += static_cast<long double>(number - mean) * (number - mean);
    }
    return static_cast<double>(std::sqrt(squares / static_cast<long double>(numbers.size() - 1)));
}

Result<MeanEstimate> mean_estimate(std::span<const double> numbers, Confidence confidence) {
    if (auto fault = first_problem({refuse_if_fewer(numbers.size(), 2, "numbers for a mean"),
                                    refuse_unless_all_finite(numbers, "the")});
        !fault) {
        return fault.problem();
    }
    MeanEstimate estimate{.sum = sum_of(numbers),
                          .count = numbers.size(),
                          .standard_deviation = standard_deviation_of(numbers),
                          .value = mean_of(numbers),
                          .interval = {}};
    const auto n = static_cast<double>(numbers.size());
    const double reach =
        student_quantile(1 - confidence.tail(), n - 1) * estimate.standard_deviation / std::sqrt(n);
    estimate.interval = {estimate.value - reach, estimate.value + reach};
    return estimate;
}

}  // namespace purse
