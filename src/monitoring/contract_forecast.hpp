// Block contracts in a year's forecast: what is left of a contract's year is known, and nothing of
// it is carried on from earlier months.
#pragma once

#include <span>

#include "budget/block_contracts.hpp"
#include "monitoring/account_month.hpp"
#include "monitoring/year_forecast.hpp"

namespace purse {

// Adds every account's part to its line and to the sums above it (account, line, everything); their
// ranges move with it and grow no wider. `budgets` are the year's. Contracts of other years and
// lines that are in no budget of the account add nothing.
void add_contracts(YearForecast& forecast, std::span<const SharedContract> contracts, Month month,
                   const RollUp& roll_up, const NotInBudgets& outside,
                   const std::map<Account, std::map<BudgetLine, Pence>>& budgets);

}  // namespace purse
