// Loading: a provider's file through intake into one immutable Parquet file, with all that was
// found on the way. The same file gives the same records, findings and totals whatever the number
// of threads; nothing but the staging folder is touched until the records are put in place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/intake.hpp"
#include "intake/layout.hpp"
#include "warehouse/records_writer.hpp"

namespace purse {

struct LoadProgress {
    std::uint64_t records = 0;  // rows read
    std::uint64_t bytes_done = 0;
    std::uint64_t bytes_total = 0;
};

// How a file is read: as delimited text, plain or gzip.
struct ReadRequest {
    std::filesystem::path file;
    std::string shown_as;  // the file's name in problems; empty: the file's own
    std::vector<Layout> layouts;
    std::string layout;  // the name of one of them; empty: recognised from the heading
    IntakeContext context;
    std::filesystem::path staging_folder;
    int threads = 2;
    std::size_t piece_size = std::size_t{1} << 20;
    std::function<void(const LoadProgress&)>
        progress;  // may be empty; called by one thread at once
};

// What a file gave. Rows read = whole records + spells put together + rows folded into them + rows
// rejected.
struct ReadTotals {
    std::string layout;
    std::vector<std::string> absent_fields;  // that the layout knows and the file has no column for
    std::uint64_t rows_read = 0;
    std::uint64_t records = 0;  // whole records and spells
    std::uint64_t rows_rejected = 0;
    std::uint64_t rows_folded = 0;  // episodes beyond the first of their spell
    MoneyTotals money_read;
    MoneyTotals money_rejected;
};

// Who takes what is read. `records` may be called by several threads at once, with the sequence
// numbers 0, 1, 2, ... taken in ascending order; batches in the order of their numbers are the file
// in its order, spells of several episodes after all others. `findings` is called by one thread at
// a time, in the order of the file, and at last with those of the spells. What is passed holds for
// the call only.
struct RecordSink {
    std::function<void(std::uint64_t sequence, const RecordBatch&, const GivenColumns&)> records;
    std::function<void(const std::vector<Finding>&)> findings;
};

Result<ReadTotals> read_records(const ReadRequest& request, const RecordSink& sink);

struct LoadRequest {
    ReadRequest read;
    std::filesystem::path records_out;          // the Parquet file
    std::filesystem::path rejects_out;          // the rejects file; empty: none
    std::size_t most_warnings_listed = 10'000;  // of each reason; the others are only counted
    WriterLimits limits;
};

struct RejectedRows {
    std::uint64_t rows = 0;
    FinePence actual_cost;  // of prescribing rows rejected
};

struct LoadSummary {
    ReadTotals totals;  // duplicates counted as rejected
    WrittenRecords written;
    std::map<std::string, RejectedRows> rejected;  // by reason: rows add up to totals.rows_rejected
    std::map<std::string, std::uint64_t> warned;   // by reason
    // Rows rejected by practice (as recorded) and reason, for the practice's own statement.
    std::map<std::pair<std::string, std::string>, std::uint64_t> rejected_by_practice;
    std::vector<Finding> first_rejects;  // the first hundred, for the screen
};

// Rows read = written.rows + totals.rows_folded + totals.rows_rejected, and the money likewise.
Result<LoadSummary> load_file(const LoadRequest& request);

}  // namespace purse
