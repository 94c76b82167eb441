#include "pricing/readmissions.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "base/code.hpp"

namespace purse {

namespace {

bool is_in(const std::vector<std::string>& codes, std::uint64_t code) {
    const std::string text = unpacked(code);
    return std::ranges::any_of(codes, [&](const std::string& entry) {
        return entry.ends_with('*') ? text.starts_with(entry.substr(0, entry.size() - 1))
                                    : text == entry;
    });
}

bool is_elective(AdmissionType type) {
    return type == AdmissionType::day_case || type == AdmissionType::elective;
}

bool can_be_index(const PricedSpell& spell, const PricingRules& rules) {
    return is_elective(spell.type) && spell.patient != Pseudonym{} &&
           spell.outcome == ChargeOutcome::priced &&
           !is_in(rules.readmission_excluded_hrgs, spell.hrg) &&
           !is_in(rules.readmission_excluded_discharge_methods, spell.discharge_method);
}

bool can_be_readmission(const PricedSpell& spell, const PricingRules& rules) {
    return spell.type == AdmissionType::non_elective_emergency && spell.patient != Pseudonym{} &&
           spell.outcome == ChargeOutcome::priced && spell.age >= rules.readmission_least_age &&
           !is_in(rules.readmission_excluded_hrgs, spell.hrg) &&
           !is_in(rules.readmission_excluded_methods, spell.admission_method);
}

}  // namespace

std::vector<PayableSpell> apply_readmissions(const std::vector<PricedSpell>& spells,
                                             const PricingRules& rules) {
    std::vector<PayableSpell> out(spells.size());
    std::vector<std::size_t> index_spells;
    for (std::size_t i = 0; i < spells.size(); ++i) {
        out[i].full_pence = out[i].payable_pence = spells[i].full_pence;
        if (rules.readmissions_on && can_be_index(spells[i], rules)) index_spells.push_back(i);
    }
    const auto before = [&](std::size_t a, std::size_t b) {
        return std::tuple(spells[a].patient, spells[a].discharge_day, a) <
               std::tuple(spells[b].patient, spells[b].discharge_day, b);
    };
    std::ranges::sort(index_spells, before);
    for (std::size_t i = 0; i < spells.size() && rules.readmissions_on; ++i) {
        if (!can_be_readmission(spells[i], rules)) continue;
        // The last elective discharge of this patient on or before the admission.
        const auto after = std::ranges::partition_point(index_spells, [&](std::size_t k) {
            return std::pair(spells[k].patient, spells[k].discharge_day) <=
                   std::pair(spells[i].patient, spells[i].admission_day);
        });
        if (after == index_spells.begin()) continue;
        const PricedSpell& index = spells[*(after - 1)];
        if (index.patient != spells[i].patient ||
            spells[i].admission_day - index.discharge_day > rules.readmission_days) {
            continue;
        }
        out[i].is_readmission = true;
        out[i].index_spell = *(after - 1);
        out[i].payable_pence =
            scaled(Pence(spells[i].full_pence), rules.readmission_payable_share, rules.rounding)
                .count();
    }
    return out;
}

}  // namespace purse
