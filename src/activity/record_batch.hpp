// A batch of records as columns: what intake makes, the warehouse stores and pricing reads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "activity/data_set.hpp"
#include "base/pseudonym.hpp"

namespace purse {

// One column of a batch. Which vector is used goes by the type; an absent value has `present` 0 and
// an empty text, 0 or a zero pseudonym. Dates are days since 1970-01-01, flags 0 or 1.
struct RecordColumn {
    ColumnType type = ColumnType::text;
    std::vector<std::string_view> texts;
    std::vector<std::int64_t> numbers;
    std::vector<Pseudonym> pseudonyms;
    std::vector<std::uint8_t> present;
};

// Texts point into blocks of bytes (a piece of the source file, or owned copies) that live as long
// as the batch.
struct RecordBatch {
    DataSet set = DataSet::admitted_care;
    std::size_t rows = 0;
    std::vector<RecordColumn> columns;                    // as stored_columns(set)
    std::vector<std::shared_ptr<const void>> keep_alive;  // what the texts point into

    static RecordBatch empty(DataSet set);
};

}  // namespace purse
