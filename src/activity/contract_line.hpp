// Lines that no records are priced for: block contracts pay for them.
#pragma once

#include "activity/budget_line.hpp"

namespace purse {

bool is_paid_by_contract(BudgetLine line);

}  // namespace purse
