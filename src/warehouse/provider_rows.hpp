// Which providers a stored file holds records of: a later extract replaces the earlier one provider
// by provider.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "warehouse/database.hpp"

namespace purse {

// Records by provider, in the order of their codes; all of prescribing under the empty code, for
// its extracts come from one place.
Result<std::map<std::string, std::int64_t>> rows_by_provider(const std::filesystem::path& parquet,
                                                             DataSet set,
                                                             const DatabaseLimits& limits);

}  // namespace purse
