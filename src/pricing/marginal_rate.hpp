// The marginal rate for emergencies: above a provider's baseline value only a share is paid. A step
// of its own over priced spells, off by default; budgets stay at full tariff.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "money/factor.hpp"
#include "money/pence.hpp"
#include "pricing/charges.hpp"
#include "pricing/readmissions.hpp"

namespace purse {

// min(value, baseline) + rate × max(0, value − baseline), rounded once.
Pence marginal_payment(Pence value, Pence baseline, Factor rate, Rounding rounding);

struct EmergencyValue {
    std::uint64_t provider = 0;
    AdmissionType type = AdmissionType::other;
    std::int64_t full_pence = 0;
};

// Whether the rate is for this emergency at all: at a national price, and not of what the rules
// leave out.
bool is_under_marginal_rate(const PricedSpell& spell, const PricingRules& rules);

// What each record comes to: emergencies share their provider's payment in proportion to their full
// price (shares add up to the penny; ties go to the earlier record); all else, and providers
// without a baseline, stay at full price. With rules.marginal_rate_on false nothing changes.
std::vector<std::int64_t> apply_marginal_rate(const std::vector<EmergencyValue>& records,
                                              const std::map<std::uint64_t, Pence>& baselines,
                                              const PricingRules& rules);

}  // namespace purse
