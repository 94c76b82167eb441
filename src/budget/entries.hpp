// What people enter into a year's budgets beside the method: dated entries that change a line, and
// savings of earlier years that keep a practice's baseline up. Each has an author and a reason.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "activity/budget_line.hpp"
#include "base/result.hpp"
#include "calendar/date.hpp"
#include "calendar/month.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

// What an entry is for. Money that a repayment, a contingency or a top slice takes away is kept by
// the commissioner; all other entries are between practices, within the line's money.
enum class EntryKind : std::uint8_t {
    other,
    full_year_effect,  // of what began within the baseline: stays
    transfer,
    prior_year_item,  // of this year only
    deficit_repayment,
    contingency,
    top_slice,
};
std::string_view to_text(EntryKind kind);  // "full_year_effect", as in files
Result<EntryKind> parse_entry_kind(std::string_view text);
bool is_kept_by_commissioner(EntryKind kind);
// "Repayment of an earlier deficit": the title of its step.
std::string_view title_of(EntryKind kind, bool recurrent);

// Who changes a budget outside the method, when, by how much and why.
struct BudgetAdjustment {
    Date date;
    std::string author;
    std::string reason;
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    bool recurrent = false;  // stays: else of this year only
    Pence amount;
    EntryKind kind = EntryKind::other;
    friend bool operator==(const BudgetAdjustment&, const BudgetAdjustment&) = default;
};

// A full-year effect stays and a prior-year item does not; what the commissioner keeps is taken
// away.
Outcome check_entry(const BudgetAdjustment& entry);

// What a practice freed up in an earlier year.
struct RecordedSaving {
    Date date;  // of the record
    std::string author;
    std::string reason;
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    FinancialYear year;  // in which it was saved
    Pence saved;
    Pence before;  // what the line's care cost in a baseline's time before it was saved
    friend bool operator==(const RecordedSaving&, const RecordedSaving&) = default;
};
Outcome check_saving(const RecordedSaving& saving, FinancialYear budget_year);

// By what a baseline is raised so that a saver does not pay for having saved: to where it was
// before, by no more than was saved, for `years` years after the year of the saving. All savings
// are of one practice and line.
Pence protection_of(Pence baseline, const std::vector<RecordedSaving>& savings,
                    FinancialYear budget_year, int years);

// CSV: date, author, reason, practice, line, recurrent (yes or no), pence; and kind, if there is
// one.
Result<std::vector<BudgetAdjustment>> read_entries(const std::filesystem::path& file);
Result<std::vector<BudgetAdjustment>> read_entries_text(std::string text, std::string name);
// CSV: date, author, reason, practice, line, year, saved_pence, before_pence.
Result<std::vector<RecordedSaving>> read_savings(const std::filesystem::path& file);
Result<std::vector<RecordedSaving>> read_savings_text(std::string text, std::string name);

}  // namespace purse
