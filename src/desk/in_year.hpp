// Changing a year's budgets while it runs: the lists and the register of a quarter's first day are
// compared with what the budgets stand on, and what follows is recorded as one signed change.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "budget/derivation.hpp"
#include "budget/in_year.hpp"
#include "desk/site.hpp"

namespace purse {

struct AdjustBudgetsRequest {
    FinancialYear year;
    Month from;  // a quarter's first month
    std::string by;
    std::string at;  // ISO 8601 in UTC: Site::now()
    std::string note;
    bool dry_run = false;                            // works out and records nothing
    std::optional<std::filesystem::path> movements;  // CSV: from, to, patients
    std::optional<std::filesystem::path> weights;  // of practices that opened, where lines need it
};

// How one line adds up after the change, of the whole year.
struct InYearTotal {
    BudgetLine line = BudgetLine::day_case;
    Pence allocation;
    Pence practices_before, practices;  // in force, with all changes
    Pence not_in_force;                 // of the draft, where nothing is agreed yet
    Pence handed_back;                  // risk pool and management
    Pence reserve_before, reserve;      // of growth
    Pence unattributed;                 // kept for care that no practice answers for
    Pence blocked_back;
    Pence left;          // gone to other commissioners
    Pence other_drafts;  // what practices agreed by another draft have more than in this one

    // allocation + other_drafts
    [[nodiscard]] Pence sum() const {
        return practices + not_in_force + handed_back + reserve + unattributed + blocked_back +
               left;
    }
};

// What one practice has, of the whole year and all lines.
struct InYearPracticeTotal {
    PracticeCode practice;
    std::string name;
    Patients list_before, list;
    Pence agreed;  // or ruled: never changed
    Pence before;  // with the changes so far
    Pence after;
};

struct AdjustBudgetsReport {
    FinancialYear year;
    Month from;
    std::string draft;  // its name
    InYearResult result;
    std::vector<InYearTotal> totals;
    std::vector<InYearPracticeTotal> practices;  // those that change
    std::vector<std::string> notes;
    std::optional<InYearChange> recorded;  // none: nothing changes, or a dry run
};

// Refused: a month that begins no quarter, a year without an offer, movements that cannot be, and
// what the rule refuses. The same command again changes nothing.
Result<AdjustBudgetsReport> adjust_budgets(Site& site, const AdjustBudgetsRequest& request);

}  // namespace purse
