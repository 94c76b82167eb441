// What changed from one extract of a month to the next: which records came, went and were changed,
// why, and in pounds, both priced as today.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "warehouse/priced_month.hpp"

namespace purse {

enum class ChangeReason : std::uint8_t {
    unchanged,
    new_record,
    removed,
    moved_to,    // another practice's account before
    moved_from,  // another practice's account now
    provider,
    hrg,
    treatment_function,
    kind_of_care,  // another budget line
    length_of_stay,
    quantity,  // prescribing
    price,     // nothing of the above, and another price
};
inline constexpr std::array all_change_reasons = {
    ChangeReason::unchanged,    ChangeReason::new_record,
    ChangeReason::removed,      ChangeReason::moved_to,
    ChangeReason::moved_from,   ChangeReason::provider,
    ChangeReason::hrg,          ChangeReason::treatment_function,
    ChangeReason::kind_of_care, ChangeReason::length_of_stay,
    ChangeReason::quantity,     ChangeReason::price};
std::string_view to_text(ChangeReason reason);
std::string_view in_words(ChangeReason reason);

// Of an account and line (the later extract's, where it has the record). A record that moved
// between accounts is in both: leaving with its cost before, arriving with its cost after.
struct BatchChange {
    ChangeReason reason = ChangeReason::unchanged;
    Account account;
    BudgetLine line = BudgetLine::day_case;
    std::int64_t records = 0;
    FinePence before;
    FinePence after;
    friend bool operator==(const BatchChange&, const BatchChange&) = default;
};

// Records are the same by their identifier (prescribing: practice and presentation); of several
// with one identifier the first is compared with the first. `folder` is for passing files.
Result<std::vector<BatchChange>> changes_between(const BatchToPrice& from, const BatchToPrice& to,
                                                 const Affiliations& affiliations,
                                                 const std::filesystem::path& folder,
                                                 const DatabaseLimits& limits);

}  // namespace purse
