// A stored file of one data set, priced: one row out for each record, in the order of its lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "pricing/price_book.hpp"
#include "warehouse/database.hpp"

namespace purse {

// A row of the source that intake rejected: it stands in the output at its place, at price 0.
struct RejectedRow {
    std::int64_t line = 0;
    std::string record_id;
    std::string reason;
};

// Writes record_id, admission_type, qualifying_days, tariff_applied, initial_tariff_pence,
// excess_bed_days, per_diem_pence, excess_bed_days_pence, topup_pence, market_forces_factor,
// unbundled_pence, final_price_pence, outcome, excluded_reason: as Parquet when the name of `out`
// ends in .parquet, else as CSV. Returns the number of rows.
Result<std::int64_t> price_file(DataSet set, const std::filesystem::path& records,
                                const PriceBook& book, const std::filesystem::path& out,
                                const DatabaseLimits& limits,
                                const std::vector<RejectedRow>& rejected = {});

}  // namespace purse
