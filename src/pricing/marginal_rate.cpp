#include "pricing/marginal_rate.hpp"

#include <algorithm>

#include "base/code.hpp"
#include "money/shares.hpp"

namespace purse {

Pence marginal_payment(Pence value, Pence baseline, Factor rate, Rounding rounding) {
    if (value <= baseline) return value;
    return baseline + scaled(value - baseline, rate, rounding);
}

bool is_under_marginal_rate(const PricedSpell& spell, const PricingRules& rules) {
    return spell.type == AdmissionType::non_elective_emergency &&
           spell.outcome == ChargeOutcome::priced &&
           !is_among(rules.marginal_rate_excluded_hrgs, unpacked(spell.hrg)) &&
           !is_among(rules.payable_steps_excluded_commissioners, unpacked(spell.commissioner));
}

std::vector<std::int64_t> apply_marginal_rate(const std::vector<EmergencyValue>& records,
                                              const std::map<std::uint64_t, Pence>& baselines,
                                              const PricingRules& rules) {
    std::vector<std::int64_t> payable(records.size());
    std::map<std::uint64_t, std::vector<std::size_t>> by_provider;
    for (std::size_t i = 0; i < records.size(); ++i) {
        payable[i] = records[i].full_pence;
        if (!rules.marginal_rate_on || records[i].full_pence <= 0) continue;
        if (records[i].type != AdmissionType::non_elective_emergency) continue;
        if (baselines.contains(records[i].provider)) by_provider[records[i].provider].push_back(i);
    }
    for (const auto& [provider, places] : by_provider) {
        Pence value;
        std::vector<std::int64_t> weights;
        for (const std::size_t i : places) {
            value += Pence(records[i].full_pence);
            weights.push_back(records[i].full_pence);
        }
        const auto shares = shared_out(
            marginal_payment(value, baselines.at(provider), rules.marginal_rate, rules.rounding),
            weights);
        for (std::size_t k = 0; k < places.size(); ++k) payable[places[k]] = shares[k].count();
    }
    return payable;
}

}  // namespace purse
