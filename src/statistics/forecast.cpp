#include "statistics/forecast.hpp"

#include <cmath>

#include "statistics/average.hpp"
#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

constexpr std::size_t most_steps = 10'000;

Outcome refuse_unless_series(std::span<const double> values, std::size_t least, std::size_t steps) {
    if (steps == 0 || steps > most_steps) {
        return bad_input(fmt::format("{} steps ahead: give 1 to {}", steps, most_steps));
    }
    return first_problem({refuse_if_fewer(values.size(), least, "values"),
                          refuse_unless_all_finite(values, "value")});
}

std::vector<double> changes_over(std::span<const double> values, std::size_t lag) {
    std::vector<double> changes;
    for (std::size_t i = lag; i < values.size(); ++i)
        changes.push_back(values[i] - values[i - lag]);
    return changes;
}

double root_mean_square(std::span<const double> numbers) {
    double squares = 0;
    for (const double number : numbers) squares += number * number;
    return std::sqrt(squares / static_cast<double>(numbers.size()));
}

ForecastStep step_at(double mean, double reach) { return {mean, {mean - reach, mean + reach}}; }

}  // namespace

Result<Forecast> seasonal_naive_forecast(std::span<const double> values, std::size_t season,
                                         std::size_t steps, Confidence confidence) {
    if (season == 0) return bad_input("a season of 0 periods is none");
    if (auto fault = refuse_unless_series(values, season + 1, steps); !fault)
        return fault.problem();
    const double spread = root_mean_square(changes_over(values, season));
    Forecast forecast;
    for (std::size_t h = 1; h <= steps; ++h) {
        const std::size_t seasons_ahead = (h - 1) / season + 1;
        const double mean = values[values.size() - season + (h - 1) % season];
        forecast.push_back(
            step_at(mean, confidence.z() * spread * std::sqrt(static_cast<double>(seasons_ahead))));
    }
    return forecast;
}

Result<Forecast> naive_forecast(std::span<const double> values, std::size_t steps,
                                Confidence confidence) {
    return seasonal_naive_forecast(values, 1, steps, confidence);
}

Result<Forecast> drift_forecast(std::span<const double> values, std::size_t steps,
                                Confidence confidence) {
    if (auto fault = refuse_unless_series(values, 3, steps); !fault) return fault.problem();
    const std::vector<double> changes = changes_over(values, 1);
    const auto n = static_cast<double>(changes.size());
    const double drift = (values.back() - values.front()) / n;
    const double spread = standard_deviation_of(changes);
    Forecast forecast;
    for (std::size_t step = 1; step <= steps; ++step) {
        const auto h = static_cast<double>(step);
        const double error = spread * std::sqrt(h + h * h / n);
        forecast.push_back(step_at(values.back() + h * drift, confidence.z() * error));
    }
    return forecast;
}

Result<Forecast> mean_forecast(std::span<const double> values, std::size_t steps,
                               Confidence confidence) {
    if (auto fault = refuse_unless_series(values, 2, steps); !fault) return fault.problem();
    const auto n = static_cast<double>(values.size());
    const double reach = student_quantile(1 - confidence.tail(), n - 1) *
                         standard_deviation_of(values) * std::sqrt(1 + 1 / n);
    return Forecast(steps, step_at(mean_of(values), reach));
}

}  // namespace purse
