// How the figures of tables add up, for ?explain=1: an account line by line, a line account by
// account, a budget by what is taken off it. Each is checked against the figure that it explains.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "desk/statements.hpp"
#include "explain/working.hpp"
#include "register/drafts.hpp"

namespace purse {

// An account's cost to date, by budget line.
Working account_working(const MonthReports& reports, const SummaryRow& row);
// The cost to date of the accounts that `counts` names, account by account.
Working accounts_working(const MonthReports& reports, const SummaryRow& sum,
                         const std::function<bool(const Account&)>& counts);
// The cost to date of a line of the whole commissioner ("total" and pack lines too), account by
// account.
Working line_working(const MonthReports& reports, const StatementRow& line);

// A practice's net budget of a line: gross, less what goes to the risk pool and to management.
Working amount_working(const DraftAmount& amount);
// Its whole net budget, line by line.
Working net_working(const std::string& title, std::span<const DraftAmount> amounts);

}  // namespace purse
