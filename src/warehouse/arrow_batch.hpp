// Batches of records as Arrow arrays, the form in which DuckDB takes columns over without a parse.
// The structures are those of the Arrow C data and stream interfaces (arrow.apache.org, format
// 1.0).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "activity/record_batch.hpp"

extern "C" {

struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    std::int64_t flags;
    std::int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    std::int64_t length;
    std::int64_t null_count;
    std::int64_t offset;
    std::int64_t n_buffers;
    std::int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
    int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
    const char* (*get_last_error)(struct ArrowArrayStream*);
    void (*release)(struct ArrowArrayStream*);
    void* private_data;
};

}  // extern "C"

namespace purse {

// The columns of a data set as an Arrow schema. What `describe` fills in points into this object,
// which must outlive it.
class ArrowColumns {
  public:
    explicit ArrowColumns(DataSet set);
    void describe(ArrowSchema& out);

  private:
    std::vector<std::string> names_;
    std::vector<ArrowSchema> children_;
    std::vector<ArrowSchema*> pointers_;
};

// A batch copied into Arrow's layout: bit maps of what is present, texts end to end.
class ArrowBatch {
  public:
    // Throws when a text is not UTF-8, which Parquet refuses to hold.
    explicit ArrowBatch(const RecordBatch& batch);
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    // Gives the batch away to `out`, whose release frees it.
    static void hand_over(std::unique_ptr<ArrowBatch> batch, ArrowArray& out);

  private:
    struct Column {
        std::vector<std::uint64_t> present;  // a bit a row; empty: all are
        std::vector<std::int32_t> offsets;
        std::vector<char> bytes;
        std::int64_t absent = 0;
        const void* buffers[3] = {nullptr, nullptr, nullptr};
    };
    void fill(Column& column, const RecordColumn& from);

    std::size_t rows_ = 0;
    std::size_t bytes_ = 0;
    std::vector<Column> columns_;
    std::vector<ArrowArray> children_;
    std::vector<ArrowArray*> pointers_;
    const void* no_buffer_ = nullptr;
};

}  // namespace purse
