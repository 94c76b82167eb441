// Batches arrive in any order from several threads and leave in the order of their sequence
// numbers, as the row groups of one Parquet file. Who brings the last batch of a group encodes it,
// while the others go on: no thread of its own is needed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "warehouse/parquet_writer.hpp"

namespace purse {

class BatchQueue {
  public:
    // What is written depends on the batches and their numbers only: a group ends with the batch
    // that brings it to `group_rows`.
    BatchQueue(ParquetWriter& writer, std::size_t group_rows, std::size_t most_bytes)
        : writer_(writer), group_rows_(group_rows), most_bytes_(most_bytes) {}

    // Waits while too much is queued and `sequence` is not the next to leave. Throws when writing
    // has failed, here or in another thread. A number given twice is a fault of ours.
    void put(std::uint64_t sequence, PackedBatch batch);
    // No more will be put: the numbers are complete. Writes the last group.
    void finish();
    void abandon(std::string why);  // whoever waits is woken, and told

  private:
    struct Group {
        std::uint64_t number = 0;
        std::vector<PackedBatch> batches;
    };
    void close_group(std::vector<Group>& closed);
    void write(const Group& group);
    void write_in_order(std::uint64_t number, RowGroup encoded);

    ParquetWriter& writer_;
    std::size_t group_rows_;
    std::size_t most_bytes_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, PackedBatch> waiting_;
    std::size_t queued_bytes_ = 0;  // of batches waiting, and of groups not yet written
    std::uint64_t next_ = 0;
    Group open_;
    std::size_t open_rows_ = 0;
    bool abandoned_ = false;
    std::string why_;

    std::mutex writing_;
    std::map<std::uint64_t, RowGroup> encoded_;  // before their turn
    std::uint64_t next_group_ = 0;
};

}  // namespace purse
