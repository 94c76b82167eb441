// Any bytes are read as a workbook without a crash, within bounds, and rows ascend.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "tables/workbook.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace purse;
    constexpr std::size_t most_cells = 20'000;
    const auto book = read_workbook_bytes({reinterpret_cast<const char*>(data), size}, most_cells);
    if (!book) {
        CHECK(!book.problem().says.empty());
        return 0;
    }
    std::size_t cells = 0;
    for (const auto& sheet : book->sheets) {
        std::uint32_t last = 0;
        for (const auto& row : sheet.rows) {
            CHECK(row.number > last && row.number <= 1'048'576);
            CHECK(!row.cells.empty() && row.cells.size() <= 16'384);
            last = row.number;
            cells += row.cells.size();
        }
    }
    CHECK(cells <= most_cells);
    return 0;
}
