#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tables/delimited.hpp"

namespace purse {

namespace {

std::string folded(std::string_view heading) {
    std::string plain;
    for (const char c : heading) {
        if (c == ' ' || c == '_' || c == '\t') continue;
        plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return plain;
}

std::vector<std::string> texts_of(const std::vector<Field>& fields) {
    std::vector<std::string> texts;
    texts.reserve(fields.size());
    for (const Field& field : fields) texts.emplace_back(field.text);
    while (!texts.empty() && texts.back().empty()) texts.pop_back();
    return texts;
}

Problem never_closed(const std::string& name, const DelimitedReader& reader) {
    return bad_input(
        fmt::format("{} line {}: a quote (\") is opened and never closed: close it or remove it",
                    name, reader.line()));
}

Problem too_wide(const TextTable& table, const DelimitedReader& reader, std::size_t width) {
    return bad_input(fmt::format(
        "{} line {} column {}: {} values under {} headings: a value with a comma in it must stand "
        "in quotes",
        table.file, reader.line(), reader.fields()[table.headings.size()].column, width,
        table.headings.size()));
}

Result<TextTable> table_of(std::string_view bytes, std::string name, DelimitedFormat format) {
    if (const Outcome text = refuse_unless_text(bytes, name); !text.ok()) return text.problem();
    DelimitedReader reader(bytes, format);
    if (!reader.next()) {
        return bad_input(fmt::format("{} is empty: its first line must name the columns", name));
    }
    if (reader.unterminated()) return never_closed(name, reader);
    TextTable table;
    table.file = std::move(name);
    table.headings = texts_of(reader.fields());
    while (reader.next()) {
        if (reader.unterminated()) return never_closed(table.file, reader);
        std::vector<std::string> cells = texts_of(reader.fields());
        if (cells.empty()) continue;
        if (cells.size() > table.headings.size()) return too_wide(table, reader, cells.size());
        cells.resize(table.headings.size());
        table.rows.push_back({reader.line(), std::move(cells)});
    }
    return table;
}

}  // namespace

Result<std::size_t> TextTable::column(std::string_view heading) const {
    const std::string wanted = folded(heading);
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (folded(headings[i]) == wanted) return i;
    }
    return bad_input(fmt::format("{} has no column '{}'; its columns are: {}", file, heading,
                                 fmt::join(headings, ", ")));
}

bool TextTable::has(std::string_view heading) const {
    const std::string wanted = folded(heading);
    return std::ranges::any_of(headings,
                               [&](const std::string& one) { return folded(one) == wanted; });
}

Result<TextTable> read_table(const std::filesystem::path& file, DelimitedFormat format) {
    const Result<FileBytes> bytes = FileBytes::open(file);
    if (!bytes.ok()) return bytes.problem();
    return table_of(bytes->bytes(), file.string(), format);
}

Result<TextTable> read_table_text(std::string text, std::string name, DelimitedFormat format) {
    return table_of(text, std::move(name), format);
}

}  // namespace purse
