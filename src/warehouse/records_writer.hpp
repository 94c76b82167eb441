// A RecordsWriter turns batches of records into one immutable Parquet file with the columns of
// stored_columns(set). The file's bytes depend on the records and their sequence numbers only: not
// on the number of threads, nor on the order in which the batches arrive. Memory stays bounded:
// batches stream through, and what must be remembered of each record (the hash of its key) goes to
// the staging folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "activity/record_batch.hpp"
#include "base/result.hpp"

namespace purse {

struct WriterLimits {
    int threads = 2;                                    // that encode
    std::size_t queued_bytes = std::size_t{256} << 20;  // of batches waiting for their turn
    std::size_t memory_bytes = std::size_t{1} << 30;    // of the encoder
};

// A record left out because an earlier one has the same key: provider and record_id, or, for
// prescribing, every column but the line; of admitted care also because an earlier one is of the
// same provider and spell_id.
struct DuplicateRecord {
    std::int64_t line = 0;
    std::int64_t kept_line = 0;
    std::string provider;   // prescribing: the practice
    std::string record_id;  // prescribing: the BNF code
    std::string practice;
    bool same_spell = false;               // the record is another, the spell the same
    std::int64_t net_ingredient_cost = 0;  // prescribing: in thousandths of a penny
    std::int64_t actual_cost = 0;
};

struct WrittenRecords {
    std::size_t rows = 0;                     // in the file
    std::vector<DuplicateRecord> duplicates;  // by line
    std::uintmax_t bytes = 0;
    std::string checksum;  // digest_of_file
};

class RecordsWriter {
  public:
    // The staging folder must exist, on the same disk as the output for speed; what the writer
    // leaves there is removed by finish or the destructor.
    RecordsWriter(DataSet set, std::filesystem::path staging_folder, WriterLimits limits = {});
    ~RecordsWriter();
    RecordsWriter(const RecordsWriter&) = delete;
    RecordsWriter& operator=(const RecordsWriter&) = delete;

    // Records are stored in the order of `sequence` (0, 1, 2, ... each exactly once before finish;
    // empty batches are allowed) and, within a batch, as they stand. Thread-safe. Copies what it
    // needs: the batch may go when this returns. Waits while more than `queued_bytes` wait for an
    // earlier sequence number, so threads must take the numbers in ascending order.
    void append(std::uint64_t sequence, const RecordBatch& batch);
    // The same with the next number in order of the calls: for one thread.
    void append(const RecordBatch& batch);

    // Writes what remains, drops duplicate keys (the earliest line is kept) and puts the file in
    // place: it is synced and renamed, so that it is there whole or not at all.
    Result<WrittenRecords> finish(const std::filesystem::path& parquet_out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace purse
