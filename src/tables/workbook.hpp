// Spreadsheets (.xlsx) read cell by cell, as text, with the rows' own numbers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace purse {

// Cells as the file stores them: numbers in their stored text ("0.30000000000000004"), shared and
// inline strings resolved, formulas by their cached value, true and false as TRUE and FALSE. Empty
// cells are empty texts, and so is what lies hidden under a merged cell.
struct Sheet {
    std::string name;
    bool hidden = false;
    struct Row {
        std::uint32_t number = 0;        // as the spreadsheet shows it, from 1
        std::vector<std::string> cells;  // from column A
        [[nodiscard]] std::string_view cell(std::size_t column) const {
            return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
        }
    };
    std::vector<Row> rows;  // those that hold anything
};

struct Workbook {
    std::vector<Sheet> sheets;  // in the workbook's order
};

// Refuses what is no workbook, one with more than `most_cells` cells or an inflated part over 512
// MiB, and columns beyond XFD.
Result<Workbook> read_workbook(const std::filesystem::path& file,
                               std::size_t most_cells = 20'000'000);
Result<Workbook> read_workbook_bytes(std::string_view bytes, std::size_t most_cells = 20'000'000);

// "A" is 0, "XFD" 16383.
Result<std::size_t> column_of_letters(std::string_view letters);

}  // namespace purse
