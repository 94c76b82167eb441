// The lists that variances are explained by: that of the plan and that of the period, and what such
// patients are expected to cost by their ages and sexes at the commissioner's own rates.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "desk/variance_plan.hpp"
#include "population/age_bands.hpp"

namespace purse {

struct ExpectedOfLists {
    std::int64_t before = 1, now = 1;  // in one unit; equal where the lists' ages are not known
};

struct PracticeLists {
    bool known = false;  // else the list is taken to be the same, and a note says so
    bool ages_known = false;
    std::int64_t before = 1, now = 1;  // thousandths of patients, summed over the period's months
    std::int64_t months = 1;
    std::map<BudgetLine, ExpectedOfLists> expected;
    std::string says;

    [[nodiscard]] ExpectedOfLists expected_of(BudgetLine line) const;
};

struct VarianceLists {
    std::map<Account, PracticeLists> practices;
    std::vector<std::string> notes;
};

Result<VarianceLists> variance_lists(const Site& site, const MonthReports& reports,
                                     const VariancePlan& plan);

}  // namespace purse
