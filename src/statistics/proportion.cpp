#include "statistics/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

Outcome refuse_unless_part(double count, double total) {
    if (auto fault = first_problem({refuse_unless_count(count, "the number counted"),
                                    refuse_unless_positive(total, "the total")});
        !fault) {
        return fault;
    }
    if (count <= total) return Nothing{};
    return bad_input(fmt::format("{} counted of {} is more than there are", count, total));
}

Interval cut_to_shares(double middle, double reach) {
    return {std::clamp(middle - reach, 0.0, 1.0), std::clamp(middle + reach, 0.0, 1.0)};
}

Interval agresti_coull_interval(double count, double total, double z) {
    const double widened = total + z * z;
    const double share = (count + z * z / 2) / widened;
    return cut_to_shares(share, z * std::sqrt(share * (1 - share) / widened));
}

Interval clopper_pearson_interval(double count, double total, Confidence confidence) {
    const double missed = total - count;
    return {count == 0 ? 0 : beta_quantile(confidence.tail(), count, missed + 1),
            missed == 0 ? 1 : beta_quantile(1 - confidence.tail(), count + 1, missed)};
}

}  // namespace

Interval wilson_interval(double count, double total, Confidence confidence) {
    CHECK(count >= 0 && count <= total && total > 0);
    const double z = confidence.z();
    const double middle = 2 * count + z * z;
    const double reach = z * std::sqrt(z * z + 4 * count * (1 - count / total));
    const double below = 2 * (total + z * z);
    // At the ends middle and reach cancel in exact arithmetic only.
    return {count == 0 ? 0 : std::max(0.0, (middle - reach) / below),
            count == total ? 1 : std::min(1.0, (middle + reach) / below)};
}

Result<ProportionEstimate> proportion(double count, double total, double multiplier,
                                      Confidence confidence) {
    if (auto fault = first_problem({refuse_unless_part(count, total),
                                    refuse_unless_positive(multiplier, "the multiplier")});
        !fault) {
        return fault.problem();
    }
    const Interval wilson = wilson_interval(count, total, confidence);
    return ProportionEstimate{count / total * multiplier,
                              {wilson.lower * multiplier, wilson.upper * multiplier}};
}

Result<ProportionIntervals> proportion_intervals(double count, double total,
                                                 Confidence confidence) {
    if (auto fault = refuse_unless_part(count, total); !fault) return fault.problem();
    const double share = count / total;
    const double z = confidence.z();
    const double missed = total - count;
    return ProportionIntervals{
        .value = share,
        .normal = cut_to_shares(share, z * std::sqrt(share * (1 - share) / total)),
        .wilson = wilson_interval(count, total, confidence),
        .agresti_coull = agresti_coull_interval(count, total, z),
        .exact = clopper_pearson_interval(count, total, confidence),
        .jeffreys = {beta_quantile(confidence.tail(), count + 0.5, missed + 0.5),
                     beta_quantile(1 - confidence.tail(), count + 0.5, missed + 0.5)}};
}

}  // namespace purse
