// What the patients on waiting lists would cost: those of the newest lists by the end of a month,
// at the commissioner's averages of the year to date.
#pragma once

#include <map>

#include "desk/statements.hpp"
#include "reports/pack.hpp"

namespace purse {

// By the account that answers for the practice; empty where no list is imported. Of each source the
// newest list of a day up to the month's last counts. Who waits for an admission is priced as the
// average day case or elective spell of the treatment function, who waits for an appointment as the
// average first attendance, of all accounts, year to date; the intended procedure's HRG is kept and
// prices nothing yet.
Result<std::map<Account, PackWaiting>> waiting_by_account(const Site& site,
                                                          const MonthReports& reports);

}  // namespace purse
