// Month by month, what the accounts of a closed month used: the last two years behind its figures,
// from the closings that have them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "desk/statements.hpp"

namespace purse {

// One month's figures of every account (under `month` of each line), and the state of its data.
struct MonthOfSeries {
    Month month;
    std::map<Account, AccountMonth> accounts;  // empty: no closing has the month
    StatementSetting setting;                  // its data are this month's alone
    int closing = 0;
    Month closed;  // of the closing that it comes from
};

// Of the closed months, the one whose closing has the month's figures: `own` where it has them,
// else the newest other one up to it.
std::optional<Month> closing_with(Month month, Month own, const std::set<Month>& closed);

// The months up to the reports' own, oldest first. A month comes from the reports' own closing
// where that has it (its year to date and the same months of the year before), else from the
// newest other one up to it that has. Merged practices and lines in no budget are
// shown as the reports show them.
Result<std::vector<MonthOfSeries>> months_up_to(const Site& site, const MonthReports& reports,
                                                int count);

}  // namespace purse
