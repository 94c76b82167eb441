// A batch of records packed column by column, nearly as it will stand in a Parquet file: columns of
// few values as a dictionary and places in it, the others encoded. It owns all it holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "activity/record_batch.hpp"

namespace purse {

// As parquet.thrift numbers them.
enum class ParquetEncoding : std::uint8_t {
    plain = 0,
    rle = 3,
    deltas = 5,
    delta_texts = 7,
    dictionary = 8,
};

struct PackedColumn {
    ColumnType type = ColumnType::text;
    std::size_t present = 0;
    std::string levels;  // which rows are present, as a page begins with it
    std::int64_t least = 0;
    std::int64_t greatest = 0;  // of numbers and dates

    // A column of few values: places among the texts (one after the other in `text_bytes`) or
    // numbers.
    bool has_dictionary = false;
    std::vector<std::uint32_t> places;
    std::vector<std::int64_t> numbers;
    std::vector<std::uint32_t> text_ends;
    std::string text_bytes;
    // Any other.
    ParquetEncoding encoding = ParquetEncoding::plain;
    std::string values;

    [[nodiscard]] std::vector<std::string_view> texts() const;
};

struct PackedBatch {
    // Throws when a text is not UTF-8, which Parquet refuses to hold.
    explicit PackedBatch(const RecordBatch& batch);

    std::size_t rows = 0;
    std::size_t bytes = 0;
    std::vector<PackedColumn> columns;
};

}  // namespace purse
