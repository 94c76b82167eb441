// What was recorded by each month's close, and what became of it since.
#pragma once

#include <string>
#include <vector>

#include "desk/statements.hpp"
#include "warehouse/activity_cells.hpp"
#include "warehouse/charge_changes.hpp"

namespace purse {

// A month of the period and the closing that first had it.
struct MonthClose {
    Month month;
    Month closed;  // whose closing it was: the month itself, or a later one
    int sequence = 0;
    std::string closed_at;
    bool is_this = false;  // the closing that is being explained: nothing can have come since
};

struct RecordedActivity {
    std::vector<ActivityCell> cells;    // by their month's close
    std::vector<ChargeChange> changes;  // since
    std::vector<MonthClose> closes;     // by month
};

// The year to the reports' month.
Result<RecordedActivity> recorded_activity(const Site& site, const MonthReports& reports);

// The same as the reports' closing has it, of some accounts and in more detail.
Result<std::vector<ActivityCell>> activity_now(const Site& site, const MonthReports& reports,
                                               const std::vector<Account>& accounts,
                                               CellDetail detail);

}  // namespace purse
