// The planned activity behind a year's budgets: how many of what, at which prices, that a variance
// is measured from.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desk/baseline_records.hpp"
#include "desk/statements.hpp"
#include "warehouse/activity_cells.hpp"

namespace purse {

enum class PlanKind : std::uint8_t {
    none,        // no records of the year before: nothing to measure from
    baseline,    // the records that the budget was set from
    fair_share,  // the commissioner's own rates on the practice's weighted list
    last_year,   // the budget was set elsewhere: last year's same months
};

// What the plan of one practice is, in words and figures.
struct PlanBasis {
    PlanKind kind = PlanKind::none;
    std::string says;
    Month from, to;  // of the records
    std::string prices;
    // The list that the plan stands on: of the budget's year, or of each of last year's months.
    bool on_this_years_list = false;
};

struct PlannedCell {
    Account holder;  // whose statement shows it
    ActivityCell cell;
    std::int64_t part = 1, whole = 1;  // of the cell's count that falls on the period and this list
};

// Records that plans are made of, and what they cost by the patient's age and sex, over all
// accounts (of every account's plans alone).
struct PlanRecords {
    Month from, to;
    std::vector<CostByAge> by_age;
};

struct VariancePlan {
    std::vector<PlannedCell> cells;
    std::map<Account, PlanBasis> basis;  // by holder
    std::vector<PlanRecords> records;
    PriceBooks books;  // by the year of the records, at the budget year's prices
    std::shared_ptr<const Affiliations> affiliations;
};

// The plans of every practice with a budget; of some accounts alone where any are named.
Result<VariancePlan> variance_plan(const Site& site, const MonthReports& reports,
                                   CellDetail detail = CellDetail::none,
                                   const std::vector<Account>& accounts = {});

// The batches that a closing was made of.
Result<std::vector<CurrentBatch>> batches_of(const Site& site, const Closing& closing);

}  // namespace purse
