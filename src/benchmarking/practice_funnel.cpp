#include "benchmarking/practice_funnel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/funnel.hpp"
#include "statistics/rate.hpp"

namespace purse {

namespace {

PracticePosition counted(const StandardisedCounts& counts, const PracticeSeries& series,
                         std::size_t measure, std::size_t from) {
    PracticePosition position;
    position.practice = series.practice;
    for (std::size_t month = from; month < series.patients.size(); ++month) {
        if (!counts.is_counted(measure, counts.months[month])) continue;
        const MonthCount& count = series.measures[measure][month];
        position.observed += count.observed;
        position.expected += count.expected;
        position.patient_years += series.patients[month] / 12;
    }
    return position;
}

void set_rate(PracticePosition& position, double reference_rate) {
    if (position.expected <= 0) return;
    const auto observed = static_cast<double>(position.observed);
    const double scale = reference_rate / position.expected;
    const Interval interval = count_interval(observed, Confidence::of_95()).interval;
    position.rate = observed * scale;
    position.rate_95 = Interval{interval.lower * scale, interval.upper * scale};
}

// Why chance cannot be told from the rest at this practice; empty where it can.
std::string too_little(const PracticePosition& position, std::size_t months,
                       const ComparisonRules& rules) {
    const double patients = position.patient_years * 12 / static_cast<double>(months);
    if (patients < static_cast<double>(rules.fewest_patients)) {
        return fmt::format("fewer than {} patients", rules.fewest_patients);
    }
    if (position.expected < rules.fewest_expected) {
        return fmt::format("fewer than {} would be expected", rules.fewest_expected);
    }
    return {};
}

FunnelRequest request_of(const ComparisonRules& rules, bool truncated) {
    FunnelRequest request;
    request.kind = truncated ? FunnelKind::ratio_shmi : FunnelKind::ratio_cqc;
    request.trim = rules.trim;
    request.allow_for_dispersion = rules.dispersion != Dispersion::none;
    return request;
}

Standing standing_of(const FunnelGroupResult& group, const Interval& limits) {
    if (group.ratio > limits.upper) return Standing::above;
    return group.ratio < limits.lower ? Standing::below : Standing::within;
}

void place(PracticePosition& position, const Funnel& funnel, const FunnelGroupResult& group) {
    const bool wide = funnel.dispersion_used;
    position.limits_95 = wide ? group.dispersed_95 : group.chance_95;
    position.limits_998 = wide ? group.dispersed_998 : group.chance_998;
    position.standing = standing_of(group, *position.limits_998);
    const double chance = 1 / group.group.denominator;
    // Without an event the logarithm has no end: half an event stands for it.
    const double ratio = std::max(group.group.numerator, 0.5) / group.group.denominator;
    position.z = std::log(ratio) / std::sqrt(chance + (wide ? funnel.tau_squared : 0));
}

// Winsorised limits on the logarithm's scale: the allowance is measured with extremes drawn in on
// the square root's scale, and a square root's variance is a quarter of the logarithm's.
void widen(Funnel& funnel) {
    funnel.tau_squared *= 4;
    const double two = Confidence::of_95().z();
    const double three = Confidence::of_998().z();
    for (FunnelGroupResult& group : funnel.groups) {
        const double spread = std::sqrt(1 / group.group.denominator + funnel.tau_squared);
        group.dispersed_95 = {std::exp(-two * spread), std::exp(two * spread)};
        group.dispersed_998 = {std::exp(-three * spread), std::exp(three * spread)};
    }
}

void draw(PracticeFunnel& made, const ComparisonRules& rules) {
    std::vector<FunnelGroup> groups;
    for (const PracticePosition& position : made.positions) {
        if (!position.why.empty()) continue;
        groups.push_back(
            {position.practice.text(), static_cast<double>(position.observed), position.expected});
    }
    if (groups.size() < rules.fewest_practices) {
        made.why = fmt::format(
            "{} practices can be compared: fewer than {} say nothing of what practices differ by",
            groups.size(), rules.fewest_practices);
        return;
    }
    bool truncated = rules.dispersion != Dispersion::winsorised;
    auto drawn = funnel(groups, request_of(rules, truncated));
    if (!drawn && truncated) {
        // A practice without an event among those that count has no logarithm.
        truncated = false;
        drawn = funnel(groups, request_of(rules, truncated));
    }
    if (!drawn) {
        made.why = drawn.problem().says;
        return;
    }
    if (!truncated) widen(*drawn);
    made.phi = drawn->phi;
    made.tau_squared = drawn->dispersion_used ? drawn->tau_squared : 0;
    made.allows_for_dispersion = drawn->dispersion_used;
    std::size_t next = 0;
    for (PracticePosition& position : made.positions) {
        if (position.why.empty()) place(position, *drawn, drawn->groups.at(next++));
    }
}

}  // namespace

std::string_view to_text(Standing standing) {
    switch (standing) {
        case Standing::within:
            return "within";
        case Standing::above:
            return "above";
        case Standing::below:
            return "below";
        case Standing::cannot_tell:
            break;
    }
    return "cannot_tell";
}

std::string_view in_words(Standing standing) {
    switch (standing) {
        case Standing::within:
            return "within what practices differ by";
        case Standing::above:
            return "more than practices differ by";
        case Standing::below:
            return "less than practices differ by";
        case Standing::cannot_tell:
            break;
    }
    return "too few to tell from chance";
}

const PracticePosition* PracticeFunnel::find(PracticeCode practice) const {
    const auto found =
        std::ranges::lower_bound(positions, practice, {}, &PracticePosition::practice);
    return found == positions.end() || found->practice != practice ? nullptr : &*found;
}

std::size_t PracticeFunnel::count_of(Standing standing) const {
    return static_cast<std::size_t>(
        std::ranges::count(positions, standing, &PracticePosition::standing));
}

PracticeFunnel practice_funnel(const StandardisedCounts& counts, std::size_t measure,
                               const ComparisonRules& rules) {
    CHECK(!counts.months.empty());
    const auto wanted = static_cast<std::size_t>(rules.months);
    const std::size_t from = counts.months.size() > wanted ? counts.months.size() - wanted : 0;
    PracticeFunnel made;
    made.from = counts.months[from];
    made.to = counts.months.back();
    const auto months = std::ranges::count_if(
        counts.months.begin() + static_cast<std::ptrdiff_t>(from), counts.months.end(),
        [&](Month month) { return counts.is_counted(measure, month); });
    for (const PracticeSeries& series : counts.practices) {
        // Without a list in the last month it is no practice of today's.
        if (series.patients.back() <= 0) continue;
        made.positions.push_back(counted(counts, series, measure, from));
    }
    for (const PracticePosition& position : made.positions) {
        made.observed += position.observed;
        made.patient_years += position.patient_years;
    }
    if (made.patient_years > 0) {
        made.reference_rate = 1000 * static_cast<double>(made.observed) / made.patient_years;
    }
    for (PracticePosition& position : made.positions) {
        set_rate(position, made.reference_rate);
        position.why = months == 0 ? "nothing of these months is imported"
                                   : too_little(position, static_cast<std::size_t>(months), rules);
    }
    draw(made, rules);
    if (!made.why.empty()) {
        for (PracticePosition& position : made.positions) {
            if (position.why.empty()) position.why = made.why;
        }
    }
    return made;
}

}  // namespace purse
