#include "statistics/profile_funnel.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/number_checks.hpp"
#include "statistics/rate.hpp"
#include "statistics/standardised_rate.hpp"

namespace purse {

namespace {

constexpr std::size_t places_of_axis = 100;

bool is_rate(FunnelOf of) {
    return of == FunnelOf::crude_rate || of == FunnelOf::standardised_rate;
}
bool is_ratio(FunnelOf of) {
    return of == FunnelOf::count_ratio || of == FunnelOf::standardised_ratio;
}

Result<std::optional<double>> derived_denominator(const FunnelPoint& point, double multiplier) {
    if (!point.rate) return bad_input("a point with events has no rate");
    if (auto fault = refuse_unless_positive(*point.rate, "the rate of a point with events");
        !fault) {
        return fault.problem();
    }
    return std::optional<double>(multiplier * point.numerator / *point.rate);
}

enum class Prefer { given, derived };

// None for a standardised rate without events: it tells nothing of its population.
Result<std::optional<double>> denominator_of(const FunnelPoint& point, FunnelOf of,
                                             const FunnelScale& scale, Prefer prefer) {
    if (of == FunnelOf::standardised_rate && point.numerator == 0) return std::optional<double>();
    const bool derive = of == FunnelOf::standardised_rate ||
                        (of == FunnelOf::crude_rate && point.numerator > 0 && point.rate &&
                         (prefer == Prefer::derived || !point.denominator));
    if (derive) return derived_denominator(point, scale.multiplier);
    if (!point.denominator) return bad_input("a point has no denominator");
    if (auto fault = refuse_unless_positive(*point.denominator, "a denominator"); !fault) {
        return fault.problem();
    }
    if (of == FunnelOf::proportion && point.numerator > *point.denominator) {
        return bad_input(fmt::format("{} counted of {} is more than there are", point.numerator,
                                     *point.denominator));
    }
    return point.denominator;
}

Result<std::vector<std::optional<double>>> denominators_of(std::span<const FunnelPoint> points,
                                                           FunnelOf of, const FunnelScale& scale,
                                                           Prefer prefer) {
    if (auto fault = first_problem({refuse_if_fewer(points.size(), 2, "points"),
                                    refuse_unless_positive(scale.multiplier, "the multiplier"),
                                    refuse_unless_positive(scale.years, "the number of years")});
        !fault) {
        return fault.problem();
    }
    std::vector<std::optional<double>> denominators;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (auto fault = refuse_unless_count(points[i].numerator, "a numerator"); !fault) {
            return bad_input(fmt::format("point {}: {}", i + 1, fault.problem().says));
        }
        const auto denominator = denominator_of(points[i], of, scale, prefer);
        if (!denominator) {
            return bad_input(fmt::format("point {}: {}", i + 1, denominator.problem().says));
        }
        denominators.push_back(*denominator);
    }
    return denominators;
}

Result<double> average_of(std::span<const FunnelPoint> points,
                          std::span<const std::optional<double>> denominators) {
    double events = 0;
    double people = 0;
    for (const FunnelPoint& point : points) events += point.numerator;
    for (const auto& denominator : denominators) people += denominator.value_or(0);
    if (events > 0 && people > 0) return events / people;
    return bad_input("no point has any events: there is no average to draw limits around");
}

// The shares of `people` whose Wilson interval just reaches the average share.
Interval proportion_limits(double people, double average, Confidence confidence) {
    const double z = confidence.z();
    const double reach = z * std::sqrt(average * (1 - average) / people);
    return {average - reach, average + reach};
}

// The leading digit of a length alone, rounded down; the leading two, rounded up.
double digits_below(double number) {
    const double whole = std::floor(number * 0.95);
    if (whole <= 0) return 0;
    const double unit = std::pow(10, std::floor(std::log10(whole)));
    return std::floor(number * 0.95 / unit) * unit;
}
double digits_above(double number) {
    const double whole = std::ceil(number * 1.05);
    const double unit = std::pow(10, std::floor(std::log10(whole)) - 1);
    return std::ceil(number * 1.05 / unit) * unit;
}

// Steps of equal ratio, each at least 1. `spare` steps are held back at the end.
std::vector<double> axis_between(double least, double most, std::size_t spare) {
    std::vector<double> axis{std::max(1.0, least)};
    for (std::size_t step = 2; step <= places_of_axis; ++step) {
        const double last = axis.back();
        const auto left = static_cast<double>(places_of_axis + 1 - step + spare);
        const double next = std::nearbyint(std::pow(most / last, 1 / left) * last);
        axis.push_back(std::max(next, last + 1));
    }
    return axis;
}

std::vector<double> axis_of(std::span<const std::optional<double>> denominators, FunnelOf of,
                            const FunnelScale& scale, double average) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const auto& denominator : denominators) {
        if (!denominator) continue;
        least = std::min(least, *denominator);
        most = std::max(most, *denominator);
    }
    const double years = is_rate(of) ? scale.years : 1;
    double from = most > 2 * least ? 0 : digits_below(least / years) * years;
    double to = digits_above(most / years) * years;
    if (is_rate(of)) {
        from = std::floor(from * average);
        to = std::ceil(to * average);
    }
    return axis_between(from, to, is_ratio(of) ? 1 : 0);
}

FunnelPlace proportion_place(double people, double average, const FunnelScale& scale) {
    const Interval two = proportion_limits(people, average, Confidence::of_95());
    const Interval three = proportion_limits(people, average, Confidence::of_998());
    const auto shown = [&](double share) { return std::clamp(share, 0.0, 1.0) * scale.multiplier; };
    return {people,      shown(two.lower), shown(two.upper), shown(three.lower), shown(three.upper),
            std::nullopt};
}

FunnelPlace poisson_place(double events, FunnelOf of, const FunnelScale& scale, double average) {
    const Interval two = exact_count_interval(events, Confidence::of_95());
    const Interval three = exact_count_interval(events, Confidence::of_998());
    // So many events lie on the lower limit where as many as the upper limit are expected.
    const double per_person = is_rate(of) ? average : 1;
    const auto shown = [&](double expected) {
        const double ratio = events / (expected / per_person);
        if (of == FunnelOf::count_ratio) return ratio - 1;
        return ratio * (of == FunnelOf::standardised_ratio ? 100 : scale.multiplier);
    };
    const auto across = [&](double expected) {
        return is_rate(of) ? expected / per_person / scale.years : expected;
    };
    return {events,
            shown(two.upper),
            shown(two.lower),
            shown(three.upper),
            shown(three.lower),
            FunnelPlace::Across{across(two.upper), across(two.lower), across(three.upper),
                                across(three.lower)}};
}

Significance against(Interval two, Interval three, double value) {
    if (value < three.lower) return Significance::low_3s;
    if (value < two.lower) return Significance::low_2s;
    if (value > three.upper) return Significance::high_3s;
    if (value > two.upper) return Significance::high_2s;
    return Significance::none;
}

Significance count_against(double events, double expected) {
    // The point is high where the average lies below the interval of its own events.
    const Interval two = count_interval(events, Confidence::of_95()).interval;
    const Interval three = count_interval(events, Confidence::of_998()).interval;
    if (expected < three.lower) return Significance::high_3s;
    if (expected < two.lower) return Significance::high_2s;
    if (expected > three.upper) return Significance::low_3s;
    if (expected > two.upper) return Significance::low_2s;
    return Significance::none;
}

}  // namespace

std::string_view name_of(Significance significance) {
    switch (significance) {
        case Significance::low_3s:
            return "Low (0.001)";
        case Significance::low_2s:
            return "Low (0.025)";
        case Significance::none:
            return "Not significant";
        case Significance::high_2s:
            return "High (0.025)";
        case Significance::high_3s:
            return "High (0.001)";
        case Significance::too_few_events:
            break;
    }
    return "Not applicable for events less than 10 for dsrs";
}

Result<FunnelChart> profile_funnel(std::span<const FunnelPoint> points, FunnelOf of,
                                   const FunnelScale& scale) {
    const auto denominators = denominators_of(points, of, scale, Prefer::given);
    if (!denominators) return denominators.problem();
    const auto average = average_of(points, *denominators);
    if (!average) return average.problem();
    FunnelChart chart;
    if (!is_ratio(of)) chart.baseline = *average * scale.multiplier;
    for (const double at : axis_of(*denominators, of, scale, *average)) {
        chart.places.push_back(of == FunnelOf::proportion ? proportion_place(at, *average, scale)
                                                          : poisson_place(at, of, scale, *average));
    }
    return chart;
}

Result<std::vector<Significance>> funnel_significance(std::span<const FunnelPoint> points,
                                                      FunnelOf of, const FunnelScale& scale) {
    const auto denominators = denominators_of(points, of, scale, Prefer::derived);
    if (!denominators) return denominators.problem();
    double average = 1;
    if (!is_ratio(of)) {
        const auto found = average_of(points, *denominators);
        if (!found) return found.problem();
        average = *found;
    }
    std::vector<Significance> significance;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double events = points[i].numerator;
        const auto& denominator = (*denominators)[i];
        if (of == FunnelOf::standardised_rate && events < fewest_events_to_standardise) {
            significance.push_back(Significance::too_few_events);
        } else if (of == FunnelOf::proportion) {
            significance.push_back(
                against(proportion_limits(*denominator, average, Confidence::of_95()),
                        proportion_limits(*denominator, average, Confidence::of_998()),
                        events / *denominator));
        } else {
            significance.push_back(count_against(events, average * *denominator));
        }
    }
    return significance;
}

}  // namespace purse
