// What hospital records cost by line, priced by a book: the whole year of a practice in a moment.
#pragma once

#include <vector>

#include "activity/budget_line.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

struct CostByLine {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    CostOutcome outcome = CostOutcome::priced;
    std::string reason;
    std::int64_t records = 0;
    Pence cost;
};

// Unbundled imaging of outpatients is diagnostics and counts no record of its own. Only records of
// these practices, as recorded, where any are named. Prescribing is passed over.
Result<std::vector<CostByLine>> costs_by_line(const std::vector<BatchToPrice>& batches,
                                              const Affiliations& affiliations,
                                              const std::vector<PracticeCode>& practices,
                                              const DatabaseLimits& limits);

}  // namespace purse
