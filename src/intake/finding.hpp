// A Finding is what was wrong, or doubtful, with one record: where it stands, what it says, why it
// matters and what to do. It never shows what could name a patient.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/validation.hpp"
#include "money/fine_pence.hpp"

namespace purse {

struct Finding {
    std::uint64_t line = 0;
    std::uint32_t column = 0;  // byte column of the field on its line, from 1; 0: the whole record
    Reason reason = Reason::missing_value;
    Severity severity = Severity::reject;
    std::string field;  // the column's name in the file
    std::string value;  // what stood there; "(identifier)" where it could name a patient
    std::string record_id;
    std::string practice;  // as recorded, so that a practice's own rejects can be counted
    std::string provider;
    // Of the findings that reject a record the first counts its rows (a spell's episodes all go
    // with it) and its money, so that sums by reason are the rows and money rejected. A warning
    // counts 1.
    std::uint32_t rows = 0;
    FinePence actual_cost;

    friend auto operator<=>(const Finding&, const Finding&) = default;
};

inline constexpr std::string_view hidden_value = "(identifier)";

// The sentence of the reason, with the finding's field and value.
std::string says(const ValidationRules& rules, const Finding& finding);

// The rejects file, for the provider: a heading, then one line a finding.
std::string rejects_heading();
void append_reject(std::string& csv, const ValidationRules& rules, const Finding& finding);
std::string rejects_csv(const ValidationRules& rules, const std::vector<Finding>& findings);

}  // namespace purse
