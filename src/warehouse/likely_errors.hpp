// Records that are likely errors, found by looking at records beside one another: the same event
// twice, two stays at once, care after death, and the like. Set-based work over the records of a
// closing and its charges.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "warehouse/charged_records.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

enum class LikelyErrorKind : std::uint8_t {
    duplicate,
    overlap,
    after_death,
    practice_closed,
    repeated_first,
    days_beyond_stay,
};
inline constexpr std::array all_likely_error_kinds = {
    LikelyErrorKind::duplicate,      LikelyErrorKind::overlap,
    LikelyErrorKind::after_death,    LikelyErrorKind::practice_closed,
    LikelyErrorKind::repeated_first, LikelyErrorKind::days_beyond_stay};
std::string_view to_text(LikelyErrorKind kind);  // "duplicate", in rules/challenges/checks.toml

struct LikelyErrorCheck {
    LikelyErrorKind kind = LikelyErrorKind::duplicate;
    int days = 0;  // of grace, or within which
};

struct LikelyErrorSearch {
    std::vector<BatchToPrice> batches;  // hospital records; their books are not used
    std::filesystem::path charges;      // of the closing that priced them
    std::vector<Account> accounts;      // whose records are looked at; empty: all
    Month first;                        // months of the costing date
    Month last;
    std::vector<std::pair<PracticeCode, Date>> closed;  // practices and their last days
    std::vector<LikelyErrorCheck> checks;
};

struct LikelyError {
    LikelyErrorKind kind = LikelyErrorKind::duplicate;
    DataSet set = DataSet::admitted_care;
    std::string record_id;
    ProviderCode provider;
    Account account;
    Month month;
    BudgetLine line = BudgetLine::day_case;
    std::string what;  // HRG
    Date began;
    Date ended;
    Pence price;     // of the record
    Pence at_stake;  // of it, if this is an error; above 0
    // The record that it clashes with, or the practice that was closed.
    std::string beside;
    ProviderCode beside_provider;  // empty of a practice
};

// By what is at stake, the most first; a record once for each check. Of two records that clash the
// later one is told.
Result<std::vector<LikelyError>> likely_errors(const LikelyErrorSearch& search,
                                               const DatabaseLimits& limits);

}  // namespace purse
