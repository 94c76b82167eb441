#include "statistics/funnel.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "statistics/average.hpp"
#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"
#include "statistics/quantiles.hpp"

namespace purse {

namespace {

bool is_ratio_to_expected(FunnelKind kind) {
    return kind == FunnelKind::ratio_shmi || kind == FunnelKind::ratio_cqc;
}

std::vector<FunnelGroup> added_up(std::span<const FunnelGroup> rows) {
    std::vector<FunnelGroup> groups;
    std::map<std::string_view, std::size_t> places;
    for (const FunnelGroup& row : rows) {
        const auto [at, fresh] = places.emplace(row.name, groups.size());
        if (fresh) {
            groups.push_back(row);
            continue;
        }
        groups[at->second].numerator += row.numerator;
        groups[at->second].denominator += row.denominator;
    }
    return groups;
}

Outcome refuse_unless_group(const FunnelGroup& group, FunnelKind kind) {
    if (auto fault = first_problem(
            {refuse_unless_count(group.numerator, fmt::format("the numerator of {}", group.name)),
             refuse_unless_positive(group.denominator,
                                    fmt::format("the denominator of {}", group.name))});
        !fault) {
        return fault;
    }
    if (kind == FunnelKind::proportion && group.numerator > group.denominator) {
        return bad_input(fmt::format("{}: {} counted of {} is more than there are", group.name,
                                     group.numerator, group.denominator));
    }
    return Nothing{};
}

// What a kind's numbers become on the scale on which chance spreads them evenly.
class Scale {
  public:
    Scale(FunnelKind kind, double average) : kind_(kind), average_(average) {}

    [[nodiscard]] double middle() const {
        return to_scale(is_ratio_to_expected(kind_) ? 1 : average_);
    }

    [[nodiscard]] double value_of(const FunnelGroup& group) const {
        if (kind_ == FunnelKind::count_ratio) {
            return std::log((group.numerator + 0.5) / (group.denominator + 0.5));
        }
        return to_scale(group.numerator / group.denominator);
    }

    // Standard deviation by chance, of a group as it was counted.
    [[nodiscard]] double spread_of(const FunnelGroup& group) const {
        if (kind_ != FunnelKind::count_ratio) return spread_at(group.denominator);
        const double n = group.numerator;
        const double d = group.denominator;
        return std::sqrt(n / ((n + 0.5) * (n + 0.5)) + d / ((d + 0.5) * (d + 0.5)));
    }

    // Limits at a denominator: z standard deviations of chance and of the spread between groups.
    [[nodiscard]] Interval limits(double denominator, double z, double tau_squared) const {
        const double chance = spread_at(denominator);
        const double reach = z * std::sqrt(chance * chance + tau_squared);
        return {from_scale(middle() - reach), from_scale(middle() + reach)};
    }

  private:
    // A ratio of counts is drawn with the limits of a group as large as its denominator.
    [[nodiscard]] double spread_at(double denominator) const {
        return (kind_ == FunnelKind::ratio_shmi ? 1 : 0.5) / std::sqrt(denominator);
    }
    [[nodiscard]] double to_scale(double ratio) const {
        switch (kind_) {
            case FunnelKind::ratio_shmi:
            case FunnelKind::count_ratio:
                return std::log(ratio);
            case FunnelKind::ratio_cqc:
                return std::sqrt(ratio);
            case FunnelKind::proportion:
                break;
        }
        return std::asin(std::sqrt(ratio));
    }
    [[nodiscard]] double from_scale(double value) const {
        switch (kind_) {
            case FunnelKind::ratio_shmi:
            case FunnelKind::count_ratio:
                return std::exp(value);
            // The square root of a ratio near 1 is read as the ratio, as FunnelPlotR draws it.
            case FunnelKind::ratio_cqc:
                return value;
            case FunnelKind::proportion:
                break;
        }
        const double sine = std::sin(std::clamp(value, 0.0, std::numbers::pi / 2));
        return sine * sine;
    }

    FunnelKind kind_;
    double average_;
};

Interval poisson_limits(double expected, Confidence confidence) {
    return {chi_squared_quantile(confidence.tail(), 2 * expected) / 2 / expected,
            chi_squared_quantile(1 - confidence.tail(), 2 * expected + 2) / 2 / expected};
}

void draw_in(std::vector<FunnelGroupResult>& groups, double trim) {
    std::vector<double> z;
    for (const auto& group : groups) z.push_back(group.z);
    const double least = *percentile(z, trim);
    const double most = *percentile(z, 1 - trim);
    for (auto& group : groups) group.z_kept = std::clamp(group.z, least, most);
}

// Ranks in `1 / trim` parts; the first and the last part are left out (ties share a rank).
void leave_out(std::vector<FunnelGroupResult>& groups, double trim) {
    std::vector<double> sorted;
    for (const auto& group : groups) sorted.push_back(group.z);
    std::sort(sorted.begin(), sorted.end());
    const double parts = 1 / trim;
    const auto all = static_cast<double>(sorted.size());
    for (auto& group : groups) {
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), group.z);
        const double rank =
            static_cast<double>((first - sorted.begin()) + (last - sorted.begin()) + 1) / 2;
        const double part = std::floor(rank * parts / (all + 1));
        if (part > 0 && part < parts - 1) group.z_kept = group.z;
    }
}

// A group without events lies infinitely low on a log scale: it can be left out, not averaged.
Outcome refuse_if_kept_without_logarithm(const Funnel& funnel) {
    for (const auto& group : funnel.groups) {
        if (!group.z_kept || std::isfinite(*group.z_kept)) continue;
        return bad_input(fmt::format(
            "{} has no events and is not among the extremes left out: use the square root scale",
            group.group.name));
    }
    return Nothing{};
}

void measure_dispersion(const Scale& scale, Funnel& funnel) {
    double n = 0;
    double squares = 0;
    double precision = 0;
    double precision_squares = 0;
    for (const auto& group : funnel.groups) {
        if (!group.z_kept) continue;
        const double spread = scale.spread_of(group.group);
        n += 1;
        squares += *group.z_kept * *group.z_kept;
        precision += 1 / (spread * spread);
        precision_squares += 1 / std::pow(spread, 4);
    }
    if (n == 0) return;
    funnel.phi = squares / n;
    const double room = precision - precision_squares / precision;
    if (squares >= n - 1 && room > 0) {
        funnel.tau_squared = std::max(0.0, (squares - (n - 1)) / room);
    }
}

Interval times(double multiplier, Interval limits) {
    return {limits.lower * multiplier, limits.upper * multiplier};
}

void draw_limits(const Scale& scale, const FunnelRequest& request, Funnel& funnel) {
    const Confidence two = Confidence::of_95();
    const Confidence three = Confidence::of_998();
    for (FunnelGroupResult& group : funnel.groups) {
        const double size = group.group.denominator;
        if (is_ratio_to_expected(request.kind)) {
            group.chance_95 = poisson_limits(size, two);
            group.chance_998 = poisson_limits(size, three);
        } else {
            group.chance_95 = scale.limits(size, two.z(), 0);
            group.chance_998 = scale.limits(size, three.z(), 0);
        }
        group.dispersed_95 = scale.limits(size, two.z(), funnel.tau_squared);
        group.dispersed_998 = scale.limits(size, three.z(), funnel.tau_squared);
        const bool at_95 = request.limit == FunnelLimit::at_95;
        const Interval& deciding = funnel.dispersion_used
                                       ? (at_95 ? group.dispersed_95 : group.dispersed_998)
                                       : (at_95 ? group.chance_95 : group.chance_998);
        group.outlier = group.ratio < deciding.lower || group.ratio > deciding.upper;
        group.chance_95 = times(request.multiplier, group.chance_95);
        group.chance_998 = times(request.multiplier, group.chance_998);
        group.dispersed_95 = times(request.multiplier, group.dispersed_95);
        group.dispersed_998 = times(request.multiplier, group.dispersed_998);
    }
}

Outcome refuse_unless_request(const FunnelRequest& request) {
    if (auto fault = refuse_unless_positive(request.multiplier, "the multiplier"); !fault) {
        return fault;
    }
    if (request.trim > 0 && request.trim < 0.5) return Nothing{};
    return bad_input(
        fmt::format("a trim of {} is none; it must lie between 0 and 0.5", request.trim));
}

}  // namespace

Result<Funnel> funnel(std::span<const FunnelGroup> rows, const FunnelRequest& request) {
    if (auto fault = refuse_unless_request(request); !fault) return fault.problem();
    std::vector<FunnelGroup> groups = added_up(rows);
    if (auto fault = refuse_if_fewer(groups.size(), 2, "groups"); !fault) return fault.problem();
    double numerators = 0;
    double denominators = 0;
    for (FunnelGroup& group : groups) {
        // Published expected deaths have two decimals, and the SHMI is worked out from them.
        if (request.kind == FunnelKind::ratio_shmi) {
            group.denominator = std::nearbyint(group.denominator * 100) / 100;
        }
        if (auto fault = refuse_unless_group(group, request.kind); !fault) return fault.problem();
        numerators += group.numerator;
        denominators += group.denominator;
    }
    if (numerators == 0) return bad_input("no group has any events: there is nothing to compare");
    const Scale scale(request.kind, numerators / denominators);
    Funnel made;
    for (FunnelGroup& group : groups) {
        FunnelGroupResult result;
        result.ratio = group.numerator / group.denominator;
        result.z = (scale.value_of(group) - scale.middle()) / scale.spread_of(group);
        result.group = std::move(group);
        made.groups.push_back(std::move(result));
    }
    if (request.kind == FunnelKind::ratio_shmi) {
        leave_out(made.groups, request.trim);
    } else {
        draw_in(made.groups, request.trim);
    }
    if (auto fault = refuse_if_kept_without_logarithm(made); !fault) return fault.problem();
    if (request.allow_for_dispersion) measure_dispersion(scale, made);
    made.dispersion_used = request.allow_for_dispersion && made.phi > 1 && made.tau_squared > 0;
    draw_limits(scale, request, made);
    return made;
}

}  // namespace purse
