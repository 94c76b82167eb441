#include "pricing/readmissions.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/code.hpp"
#include "pricing/separated_list.hpp"

namespace purse {

namespace {

bool is_in(const std::vector<std::string>& codes, std::uint64_t code) {
    return is_among(codes, unpacked(code));
}

bool has_excluded_primary_diagnosis(const PricedSpell& spell, const PricingRules& rules) {
    const std::string_view all = spell.diagnoses;
    return is_among(rules.readmission_excluded_primary_diagnoses, all.substr(0, all.find(';')));
}

bool has_excluded_diagnosis(const PricedSpell& spell, const PricingRules& rules) {
    bool found = false;
    for_each_listed(spell.diagnoses, [&](std::string_view code) {
        found = found || is_among(rules.readmission_excluded_diagnoses, code);
    });
    return found;
}

// What holds for both spells.
bool can_be_either(const PricedSpell& spell, const PricingRules& rules) {
    return spell.patient != Pseudonym{} && spell.outcome == ChargeOutcome::priced &&
           !is_in(rules.readmission_excluded_hrgs, spell.hrg) &&
           !is_in(rules.payable_steps_excluded_commissioners, spell.commissioner) &&
           !has_excluded_primary_diagnosis(spell, rules);
}

bool is_elective(AdmissionType type) {
    return type == AdmissionType::day_case || type == AdmissionType::elective;
}

bool can_be_index(const PricedSpell& spell, const PricingRules& rules) {
    return is_elective(spell.type) && can_be_either(spell, rules) &&
           !is_in(rules.readmission_excluded_discharge_methods, spell.discharge_method);
}

bool can_be_readmission(const PricedSpell& spell, const PricingRules& rules) {
    return spell.type == AdmissionType::non_elective_emergency && can_be_either(spell, rules) &&
           spell.age >= rules.readmission_least_age &&
           !is_in(rules.readmission_excluded_methods, spell.admission_method) &&
           !has_excluded_diagnosis(spell, rules);
}

}  // namespace

bool is_among(const std::vector<std::string>& list, std::string_view code) {
    return std::ranges::any_of(list, [code](std::string_view entry) {
        if (entry.ends_with('*')) return code.starts_with(entry.substr(0, entry.size() - 1));
        if (entry.size() == 7 && entry[3] == '-') {
            const std::string_view category = code.substr(0, 3);
            return entry.substr(0, 3) <= category && category <= entry.substr(4);
        }
        return code == entry;
    });
}

std::vector<PayableSpell> apply_readmissions(const std::vector<PricedSpell>& spells,
                                             const PricingRules& rules) {
    std::vector<PayableSpell> out(spells.size());
    std::vector<std::size_t> index_spells;
    for (std::size_t i = 0; i < spells.size(); ++i) {
        out[i].full_pence = out[i].payable_pence = spells[i].full_pence;
        if (rules.readmissions_on && can_be_index(spells[i], rules)) index_spells.push_back(i);
    }
    const auto before = [&](std::size_t a, std::size_t b) {
        return std::tuple(spells[a].patient, spells[a].commissioner, spells[a].discharge_day, a) <
               std::tuple(spells[b].patient, spells[b].commissioner, spells[b].discharge_day, b);
    };
    std::ranges::sort(index_spells, before);
    for (std::size_t i = 0; i < spells.size() && rules.readmissions_on; ++i) {
        if (!can_be_readmission(spells[i], rules)) continue;
        // The last elective discharge of this patient on or before the admission.
        const auto after = std::ranges::partition_point(index_spells, [&](std::size_t k) {
            return std::tuple(spells[k].patient, spells[k].commissioner, spells[k].discharge_day) <=
                   std::tuple(spells[i].patient, spells[i].commissioner, spells[i].admission_day);
        });
        if (after == index_spells.begin()) continue;
        const PricedSpell& index = spells[*(after - 1)];
        if (index.patient != spells[i].patient || index.commissioner != spells[i].commissioner ||
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
