// A provider that codes otherwise from a month on than it did before, and otherwise than others do:
// found in counts, provider by provider and HRG root by HRG root. Pure.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "money/pence.hpp"
#include "warehouse/coding_counts.hpp"

namespace purse {

struct CodingShiftRules {
    std::int64_t least_cases = 0;  // before and after
    double standard_errors = 0;    // of the difference between the two shares, at least
    int least_change_percent = 0;  // points of share, and so many more than the others' change
};

struct CodedShare {
    std::int64_t coded = 0;
    std::int64_t of = 0;
};
std::string in_percent(const CodedShare& share);  // "93%", "–" of none

struct CodingShift {
    CodingQuestion question = CodingQuestion::day_case_as_ordinary;
    ProviderCode provider;
    std::string root;  // empty: all roots together
    Month since;
    CodedShare before;
    CodedShare after;
    CodedShare others_before;
    CodedShare others_after;
    std::int64_t extra_cases = 0;  // beyond what the share before would give
    // The extra cases at the difference between the two mean prices of the root (an estimate);
    // never below 0. Of all roots together: their sum.
    Pence at_stake;
    std::map<Account, Pence> by_account;  // shares of it by cases coded since; they add up to it
};

// By provider; first all its roots together, then those with most at stake. The month is the one
// that parts the shares best. Only shares that rise are looked for.
std::vector<CodingShift> coding_shifts(CodingQuestion question, std::span<const CodingCount> counts,
                                       const CodingShiftRules& rules);

}  // namespace purse
