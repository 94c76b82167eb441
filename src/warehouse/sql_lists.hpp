// Lists as they stand in SQL, with commas between: accounts after `in`, the columns of a data set.
#pragma once

#include <string>
#include <vector>

#include "activity/record_batch.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

std::string account_list(const std::vector<Account>& accounts);  // of none: '', which nothing is in
std::string column_list(DataSet set);                            // all that are stored

}  // namespace purse
