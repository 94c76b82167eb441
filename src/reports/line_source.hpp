// Which data set's records make up a line.
#pragma once

#include <optional>

#include "activity/budget_line.hpp"
#include "activity/data_set.hpp"

namespace purse {

// None: no records do, the line is paid by contract.
std::optional<DataSet> source_of(BudgetLine line);

}  // namespace purse
