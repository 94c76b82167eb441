// All that a month's statements show besides the priced cube, fixed when the month is closed:
// names, lists, budgets, the state of the data, rejects, price lists. A statement is a pure
// function of the cube and the snapshot, so later imports never change a closed month.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reports/statement.hpp"

namespace purse {

struct MonthSnapshot {
    std::string commissioner;
    std::map<Account, std::string> names;
    std::map<Account, Account> rolls_to;  // merged practices: whose statement shows their history
    std::map<Account, std::int64_t> lists;
    std::map<Account, std::map<BudgetLine, LineBudget>> budgets;
    NotInBudgets outside;               // lines in no budget of their practices
    std::vector<BudgetChange> changes;  // in the budgets from their month on
    std::map<Account, std::map<std::string, std::int64_t>> rejects;  // reason and records
    std::vector<DataStatus> data;
    std::vector<TariffUsed> tariffs;
    std::map<std::string, std::string> says;  // of each reason's code
    // Of this year and the last, with what they were shared out by: by year, line and provider.
    std::vector<SharedContract> contracts;
};

std::string as_csv(const MonthSnapshot& snapshot);
Result<MonthSnapshot> parse_snapshot(std::string csv, const std::string& file);

}  // namespace purse
