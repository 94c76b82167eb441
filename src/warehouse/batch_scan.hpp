// The scan of a batch's records, for as many of its providers as the batch counts for.
#pragma once

#include <string>

#include "warehouse/priced_month.hpp"

namespace purse {

// "read_parquet('...') where ...", to stand after "from".
std::string scan_sql(const BatchToPrice& batch);

}  // namespace purse
