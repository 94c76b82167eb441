// Records out of stored files again: a few of them as a batch, for workings; and a user's own
// Parquet file as CSV, for intake.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/record_batch.hpp"
#include "base/result.hpp"
#include "warehouse/database.hpp"

namespace purse {

// Which records of a file; with nothing said, all of them.
struct RecordsWanted {
    std::vector<std::int64_t> lines;
    std::vector<std::string> record_ids;  // data sets with record identifiers only
};

// In the order of the file. The batch owns its texts.
Result<RecordBatch> read_records(const std::filesystem::path& parquet, DataSet set,
                                 const RecordsWanted& wanted, const DatabaseLimits& limits);

// Every column as text, in the order of the file, with headings; absent values are empty.
Outcome parquet_to_csv(const std::filesystem::path& parquet, const std::filesystem::path& csv,
                       const DatabaseLimits& limits);

// Whether the file's records stand in the order of their lines.
bool in_line_order(Database& database, const std::filesystem::path& parquet);

}  // namespace purse
