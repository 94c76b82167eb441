#include "statistics/two_proportions.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"
#include "statistics/proportion.hpp"

namespace purse {

namespace {

Outcome refuse_unless_whole_part(CountOf part) {
    if (auto fault = first_problem({refuse_unless_count(part.count, "the number counted"),
                                    refuse_unless_positive(part.total, "the total")});
        !fault) {
        return fault;
    }
    if (part.count > part.total) {
        return bad_input(
            fmt::format("{} counted of {} is more than there are", part.count, part.total));
    }
    if (std::floor(part.count) != part.count || std::floor(part.total) != part.total) {
        return bad_input(fmt::format("{} of {}: counts of two groups must be whole numbers",
                                     part.count, part.total));
    }
    return Nothing{};
}

double share_of(CountOf part) { return part.count / part.total; }

Interval wald_interval(CountOf first, CountOf second, double z) {
    const double a = share_of(first);
    const double b = share_of(second);
    const double reach = z * std::sqrt(a * (1 - a) / first.total + b * (1 - b) / second.total);
    return {a - b - reach, a - b + reach};
}

Interval newcombe_interval(CountOf first, CountOf second, Confidence confidence) {
    const double a = share_of(first);
    const double b = share_of(second);
    const Interval of_a = wilson_interval(first.count, first.total, confidence);
    const Interval of_b = wilson_interval(second.count, second.total, confidence);
    return {a - b - std::hypot(a - of_a.lower, of_b.upper - b),
            a - b + std::hypot(of_a.upper - a, b - of_b.lower)};
}

Interval agresti_caffo_interval(CountOf first, CountOf second, double z) {
    return wald_interval({first.count + 1, first.total + 2}, {second.count + 1, second.total + 2},
                         z);
}

Interval around_on_log_scale(double ratio, double variance, double z) {
    const double reach = z * std::sqrt(variance);
    return {ratio * std::exp(-reach), ratio * std::exp(reach)};
}

void add_ratios(CountOf first, CountOf second, double z, ProportionComparison& compared) {
    if (second.count > 0) compared.ratio = share_of(first) / share_of(second);
    if (first.count > 0 && second.count > 0) {
        const double variance =
            1 / first.count - 1 / first.total + 1 / second.count - 1 / second.total;
        compared.ratio_interval = around_on_log_scale(*compared.ratio, variance, z);
    }
    const double first_missed = first.total - first.count;
    const double second_missed = second.total - second.count;
    if (first_missed > 0 && second.count > 0) {
        compared.odds_ratio = first.count * second_missed / (first_missed * second.count);
    }
    if (first.count > 0 && second.count > 0 && first_missed > 0 && second_missed > 0) {
        const double variance =
            1 / first.count + 1 / first_missed + 1 / second.count + 1 / second_missed;
        compared.odds_ratio_interval = around_on_log_scale(*compared.odds_ratio, variance, z);
    }
}

void add_pooled_test(CountOf first, CountOf second, ProportionComparison& compared) {
    compared.z = pooled_z(first, second);
    if (compared.z) compared.p_of_z = normal_two_sided(*compared.z);
}

// A table as likely as the given one but for rounding counts as no likelier.
double fisher_two_sided(CountOf first, CountOf second) {
    const double all = first.total + second.total;
    const double marked = first.count + second.count;
    const auto log_probability = [&](double in_first) {
        return hypergeometric_log_probability(in_first, first.total, marked, all);
    };
    const double given = log_probability(first.count) + 1e-7;
    long double p = 0;
    const double most = std::min(marked, first.total);
    for (double k = std::max(0.0, marked - second.total); k <= most; ++k) {
        const double one = log_probability(k);
        if (one <= given) p += std::exp(static_cast<long double>(one));
    }
    return std::min(1.0, static_cast<double>(p));
}

}  // namespace

std::optional<double> pooled_z(CountOf first, CountOf second) {
    if (!(first.total > 0) || !(second.total > 0)) return std::nullopt;
    const double pooled = (first.count + second.count) / (first.total + second.total);
    const double variance = pooled * (1 - pooled) * (1 / first.total + 1 / second.total);
    if (!(variance > 0)) return std::nullopt;
    return (share_of(first) - share_of(second)) / std::sqrt(variance);
}

Result<ProportionComparison> compare_proportions(CountOf first, CountOf second,
                                                 Confidence confidence) {
    if (auto fault =
            first_problem({refuse_unless_whole_part(first), refuse_unless_whole_part(second)});
        !fault) {
        return fault.problem();
    }
    const double z = confidence.z();
    ProportionComparison compared;
    compared.difference = share_of(first) - share_of(second);
    compared.wald = wald_interval(first, second, z);
    compared.newcombe = newcombe_interval(first, second, confidence);
    compared.agresti_caffo = agresti_caffo_interval(first, second, z);
    add_ratios(first, second, z, compared);
    add_pooled_test(first, second, compared);
    compared.fisher_p = fisher_two_sided(first, second);
    return compared;
}

}  // namespace purse
