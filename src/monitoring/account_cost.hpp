// What an account used of a line in a month.
#pragma once

#include "activity/cube.hpp"

namespace purse {

struct AccountCost {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    Month month;
    Pence cost;
    friend auto operator<=>(const AccountCost&, const AccountCost&) = default;
};

}  // namespace purse
