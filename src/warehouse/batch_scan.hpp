// The scan of a batch's records, for as many of its providers as the batch counts for.
#pragma once

#include <string>
#include <vector>

#include "warehouse/priced_month.hpp"

namespace purse {

// "read_parquet('...') where ...", to stand after "from".
std::string scan_sql(const BatchToPrice& batch);

// Whether the records of all batches are there and can be read; the problem names the file.
Outcome readable_records(Database& database, const std::vector<BatchToPrice>& batches);

// Batches of hospital care that one scan reads together: of one data set, priced by one book. A
// year is a few scans, then, and not one a file: a query costs more than a small file's records.
struct JointScan {
    const BatchToPrice* first = nullptr;  // whose data set and book all of them have
    std::string sql;                      // to stand after "from"
};

// A batch that counts for some of its providers alone has a scan of its own.
std::vector<JointScan> joint_scans(const std::vector<BatchToPrice>& batches);

}  // namespace purse
