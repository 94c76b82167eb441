#include "statistics/rate.hpp"

#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

constexpr double fewest_events_for_byar = 10;

}  // namespace

std::string_view name_of(CountMethod method) {
    return method == CountMethod::exact ? "Exact" : "Byars";
}

Interval exact_count_interval(double events, Confidence confidence) {
    CHECK(events >= 0);
    return {chi_squared_quantile(confidence.tail(), 2 * events) / 2,
            chi_squared_quantile(1 - confidence.tail(), 2 * events + 2) / 2};
}

Interval byar_count_interval(double events, Confidence confidence) {
    CHECK(events > 0);
    const double z = confidence.z();
    const double above = events + 1;
    return {events * std::pow(1 - 1 / (9 * events) - z / (3 * std::sqrt(events)), 3),
            above * std::pow(1 - 1 / (9 * above) + z / (3 * std::sqrt(above)), 3)};
}

CountInterval count_interval(double events, Confidence confidence) {
    if (events < fewest_events_for_byar) {
        return {exact_count_interval(events, confidence), CountMethod::exact};
    }
    return {byar_count_interval(events, confidence), CountMethod::byar};
}

Result<RateEstimate> crude_rate(double events, double population, double multiplier,
                                Confidence confidence) {
    if (auto fault = first_problem({refuse_unless_count(events, "the number of events"),
                                    refuse_unless_positive(population, "the population"),
                                    refuse_unless_positive(multiplier, "the multiplier")});
        !fault) {
        return fault.problem();
    }
    const double scale = multiplier / population;
    const auto [count, method] = count_interval(events, confidence);
    return RateEstimate{events * scale, {count.lower * scale, count.upper * scale}, method};
}

}  // namespace purse
