// Batches arrive in any order from several threads and leave in the order of their sequence
// numbers: the stream that DuckDB pulls while it writes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "warehouse/arrow_batch.hpp"

namespace purse {

class BatchQueue {
  public:
    explicit BatchQueue(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // Waits while too much is queued and `sequence` is not the next to leave. Throws when the
    // reader has failed. A number given twice is a fault of ours.
    void put(std::uint64_t sequence, std::unique_ptr<ArrowBatch> batch);
    // The next in order; nothing when all have left after `close`. Throws after `abandon`.
    std::unique_ptr<ArrowBatch> take();

    void close();                   // no more will be put: the numbers are complete
    void abandon(std::string why);  // whoever waits is woken, and told

  private:
    std::size_t most_bytes_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, std::unique_ptr<ArrowBatch>> waiting_;
    std::size_t queued_bytes_ = 0;
    std::uint64_t next_ = 0;
    bool closed_ = false;
    bool abandoned_ = false;
    std::string why_;
};

// The queue as an Arrow stream of the data set's columns. Both must outlive the stream's reader.
class BatchStream {
  public:
    BatchStream(DataSet set, BatchQueue& queue);
    BatchStream(const BatchStream&) = delete;
    BatchStream& operator=(const BatchStream&) = delete;
    ArrowArrayStream* stream() { return &stream_; }

  private:
    static int get_schema(ArrowArrayStream* stream, ArrowSchema* out);
    static int get_next(ArrowArrayStream* stream, ArrowArray* out);
    static const char* get_last_error(ArrowArrayStream* stream);
    static void release(ArrowArrayStream* stream);

    ArrowColumns columns_;
    BatchQueue& queue_;
    std::string last_error_;
    ArrowArrayStream stream_{};
};

}  // namespace purse
