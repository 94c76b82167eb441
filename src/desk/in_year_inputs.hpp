// What a change of budgets in the year is worked out from: what is in force, what was changed so
// far, and what the lists and the register say of the quarter's first day.
#pragma once

#include "budget/derivation_file.hpp"
#include "desk/budgets_in_force.hpp"
#include "desk/in_year.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

struct InYearState {
    Draft draft;                                       // whose growth reserve pays
    DerivationFile base;                               // its derivation
    std::vector<InYearChange> changes;                 // so far
    std::map<PracticeCode, PracticeInForce> in_force;  // by a draft
    InYearInputs inputs;
    std::shared_ptr<const Affiliations> affiliations;
    std::vector<std::string> notes;  // what was left out, and why
};

Result<InYearState> gather_in_year(const Site& site, const AdjustBudgetsRequest& request);

// What the changes so far gave an account of a line (or took), of the whole year.
using InYearSums = std::map<std::pair<PracticeCode, BudgetLine>, Pence>;
InYearSums sums_of(const std::vector<InYearChange>& changes);

}  // namespace purse
