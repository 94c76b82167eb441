// What a site knows to come and has in no month yet: local/commitments.csv with account (empty: as
// the rest of the line is shared), line, from, pounds_a_month and says.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "monitoring/year_forecast.hpp"

namespace purse {

// None without the file. The problem names file and line.
Result<std::vector<Commitment>> read_commitments(const std::filesystem::path& file);

}  // namespace purse
