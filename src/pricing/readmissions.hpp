// Emergency readmissions: no payment, or a share, for an emergency within the set days of discharge
// from an elective spell (from 2011/12). A step of its own over priced spells, off by default: the
// full tariff stays beside what is payable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/pseudonym.hpp"
#include "pricing/charges.hpp"

namespace purse {

struct PricedSpell {
    Pseudonym patient;  // all zero: unknown, never matched
    std::uint64_t provider = 0;
    std::uint64_t commissioner = 0;  // both spells are of the same one
    std::uint64_t hrg = 0, admission_method = 0, discharge_method = 0;
    std::int32_t age = -1;
    std::int32_t admission_day = 0, discharge_day = 0;
    AdmissionType type = AdmissionType::other;
    ChargeOutcome outcome = ChargeOutcome::priced;
    std::int64_t full_pence = 0;
    std::string diagnoses;  // ICD-10 without the point, primary first, separated by ;
};

// Whether a code is in a list of codes, of beginnings ("NZ*") and of ranges of categories
// ("C00-C97", by the first three characters).
bool is_among(const std::vector<std::string>& list, std::string_view code);

struct PayableSpell {
    std::int64_t full_pence = 0;
    std::int64_t payable_pence = 0;
    bool is_readmission = false;
    std::size_t index_spell = 0;  // place of the elective spell, when is_readmission
};

// One result a spell, in order. The spells may be of several years and providers; the answer does
// not depend on their order. With rules.readmissions_on false everything is payable in full.
std::vector<PayableSpell> apply_readmissions(const std::vector<PricedSpell>& spells,
                                             const PricingRules& rules);

}  // namespace purse
