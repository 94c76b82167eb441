#include <fmt/format.h>

#include "render/rendering.hpp"
#include "render/table_files.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

std::string text_of(const TableCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
    if (const auto* amount = std::get_if<Pence>(&cell)) return plain_pounds(*amount);
    if (const auto* rate = std::get_if<double>(&cell)) return fmt::format("{:.2f}", *rate);
    return {};
}

}  // namespace

std::string csv_of(const ReportTable& table) {
    std::string out = csv_line(table.headings);
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const TableCell& cell : row) cells.push_back(text_of(cell));
        out += csv_line(cells);
    }
    return out;
}

std::string as_csv(const Statement& statement) { return csv_of(table_of(statement)); }
std::string as_csv(const Summary& summary) { return csv_of(table_of(summary)); }

}  // namespace purse
