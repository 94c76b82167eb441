// Which practices' baselines are out of line with their own earlier years, from the frozen records
// of those years that the site has.
#pragma once

#include <string>
#include <vector>

#include "budget/derivation.hpp"
#include "desk/baseline_records.hpp"

namespace purse {

struct BaselineRemarks {
    std::vector<BaselineRemark> remarks;
    std::vector<std::string> notes;  // which years were compared, or why none was
};

// `activity` is the baseline's, of `practices`.
Result<BaselineRemarks> baseline_remarks(const Site& site, const Activity& activity,
                                         const std::vector<PracticeCode>& practices, Month from,
                                         Month to, FinancialYear year);

}  // namespace purse
