// What the register keeps of changes to budgets in the year: one record a change, append-only,
// signed by its author and chained to the change before it, so that nothing can be altered or taken
// away unseen. What was agreed stays as it was agreed; a change stands on top of it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "budget/in_year.hpp"

namespace purse {

struct NewInYearChange {
    FinancialYear year;
    Month from;         // the first month that it falls on
    std::string draft;  // digest of the draft whose reserve pays
    std::string at;     // the caller's clock, ISO 8601 in UTC
    std::string author;
    std::string note;
    std::vector<InYearMove> moves;           // in the order they are shown
    std::map<PracticeCode, Patients> lists;  // that budgets stand on from now, where they changed
    std::vector<InYearMovement> movements;   // of patients, as they were given
    std::string previous;                    // hash of the year's change before it, "" of the first
};

struct InYearChange {
    std::int64_t number = 0;  // 1, 2, 3, ... over all years, without gaps
    NewInYearChange change;
    std::string hash;
};

std::string hash_of(std::int64_t number, const NewInYearChange& change);

// Of one year's changes, oldest first: each as it was written and following the one before.
Outcome check_in_year_chain(std::span<const InYearChange> changes);

}  // namespace purse
