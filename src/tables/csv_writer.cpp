#include "tables/delimited.hpp"

namespace purse {

namespace {

bool needs_quotes(std::string_view text) {
    if (text.empty()) return false;
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    return blank(text.front()) || blank(text.back()) ||
           text.find_first_of(",\"\r\n") != std::string_view::npos;
}

}  // namespace

void append_field(std::string& line, std::string_view text) {
    if (!needs_quotes(text)) {
        line += text;
        return;
    }
    line.push_back('"');
    for (const char c : text) {
        if (c == '"') line.push_back('"');
        line.push_back(c);
    }
    line.push_back('"');
}

std::string csv_line(const std::vector<std::string>& cells) {
    // A single empty cell would be a blank line, which readers pass over.
    if (cells.size() == 1 && cells.front().empty()) return "\"\"\n";
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line.push_back(',');
        append_field(line, cells[i]);
    }
    line.push_back('\n');
    return line;
}

}  // namespace purse
