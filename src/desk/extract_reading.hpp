// How the desk reads an extract: its layouts, its key, its rules, and a Parquet file by way of CSV.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "desk/loads.hpp"
#include "warehouse/loading.hpp"

namespace purse {

// Checked against the rules of the door only; the caller adds month, practices and HRGs.
Result<ReadRequest> reading_of(const Site& site, DataSet set, const std::filesystem::path& file,
                               const std::optional<std::string>& layout, const Progress& progress);

}  // namespace purse
