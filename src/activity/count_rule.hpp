// Which records are counted together, by what stands on them and the line that they were priced to.
#pragma once

#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "activity/data_set.hpp"

namespace purse {

struct CountRule {
    DataSet set = DataSet::admitted_care;
    std::vector<BudgetLine> lines;              // none: any
    std::vector<std::string> first_attendance;  // codes, outpatients only; none: any
    std::vector<std::string> referral_source;   // the same
    std::vector<std::string> hrg_begins;        // none: any
    bool kept_only = true;  // only what statements count as activity: not what was excluded
};

}  // namespace purse
