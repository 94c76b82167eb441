// Writes a Parquet file of a data set's stored columns, row group by row group. Purse's own because
// it knows the columns: most hold few values and come packed as places in a dictionary, so that it
// takes a fraction of the time of a writer that must ask (docs/performance.md). Whatever reads
// Parquet reads the result: data pages of version 1, no compression beyond the encodings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "warehouse/packed_batch.hpp"

namespace purse {

// A column's part of a row group.
struct ColumnChunk {
    std::size_t start = 0;  // in the group's bytes
    std::size_t first_data = 0;
    std::size_t size = 0;
    std::size_t present = 0;
    bool has_dictionary = false;
    std::vector<ParquetEncoding> encodings;
    std::int64_t least = 0;
    std::int64_t greatest = 0;  // of numbers and dates, where any are present
};

struct RowGroup {
    // Every batch becomes a page of each column. The bytes depend on the batches alone; any thread.
    explicit RowGroup(const std::vector<PackedBatch>& batches);

    std::size_t rows = 0;
    std::string bytes;
    std::vector<ColumnChunk> columns;
};

class ParquetWriter {
  public:
    // Throws here and below when the disk refuses.
    ParquetWriter(DataSet set, const std::filesystem::path& file);

    void add(RowGroup group);
    void finish();
    [[nodiscard]] std::string checksum() { return digest_.hex(); }  // digest_of_file; once
    [[nodiscard]] std::uintmax_t bytes() const { return bytes_; }

  private:
    void put(const std::string& bytes);

    DataSet set_;
    std::filesystem::path file_;
    std::ofstream out_;
    Digest digest_;
    std::uintmax_t bytes_ = 0;
    std::vector<RowGroup> groups_;  // without their bytes
    std::vector<std::uintmax_t> starts_;
};

}  // namespace purse
