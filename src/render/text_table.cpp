#include "render/text_table.hpp"

#include <algorithm>
#include <cstdint>

namespace purse {

namespace {

// Characters of UTF-8 text: its bytes that do not continue another.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows,
                    const std::vector<Align>& align) {
    std::vector<std::size_t> widths(align.size(), 0);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(row[i]));
        }
    }
    std::size_t whole = 2 * (widths.size() - 1);
    for (const std::size_t width : widths) whole += width;

    std::string out;
    for (const auto& row : rows) {
        if (row.empty()) {
            for (std::size_t i = 0; i < whole; ++i) out += "─";
            out += '\n';
            continue;
        }
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad(widths[i] - width_of(row[i]), ' ');
            if (i > 0) line += "  ";
            line += align[i] == Align::left ? row[i] + pad : pad + row[i];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    return out;
}

}  // namespace purse
