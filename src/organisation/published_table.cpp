#include "organisation/published_table.hpp"

#include <algorithm>
#include <span>

namespace purse {

namespace {

std::vector<std::string> texts_of(const std::vector<Field>& fields) {
    std::vector<std::string> texts;
    texts.reserve(fields.size());
    for (const Field& field : fields) texts.emplace_back(field.text);
    return texts;
}

bool all_empty(std::span<const std::string> texts) {
    return std::ranges::all_of(texts, [](const std::string& text) { return text.empty(); });
}

void add_row(PublishedTable& read, const DelimitedReader& reader) {
    std::vector<std::string> cells = texts_of(reader.fields());
    const std::size_t width = read.table.headings.size();
    if (reader.unterminated()) {
        read.unread.push_back(
            {reader.line(), "", "a quote (\") is opened and never closed: close it or remove it"});
    } else if (cells.size() > width && !all_empty(std::span(cells).subspan(width))) {
        read.unread.push_back(
            {reader.line(), "",
             fmt::format("{} values under {} headings: a value with a comma in it must stand in "
                         "quotes",
                         cells.size(), width)});
    } else if (!all_empty(cells)) {
        cells.resize(width);
        read.table.rows.push_back({reader.line(), std::move(cells)});
    }
}

Result<PublishedTable> table_of(std::string_view bytes, std::string name) {
    if (const Outcome text = refuse_unless_text(bytes, name); !text.ok()) return text.problem();
    DelimitedReader reader(bytes, DelimitedFormat());
    if (!reader.next()) {
        return bad_input(fmt::format("{} is empty: its first line must name the columns", name));
    }
    if (reader.unterminated()) {
        return bad_input(fmt::format("{} line {}: a quote (\") is opened and never closed", name,
                                     reader.line()));
    }
    PublishedTable read;
    read.table.file = std::move(name);
    read.table.headings = texts_of(reader.fields());
    while (reader.next()) add_row(read, reader);
    return read;
}

}  // namespace

Result<PublishedTable> read_published_table(const std::filesystem::path& file) {
    const auto bytes = FileBytes::open(file);
    if (!bytes) return bytes.problem();
    return table_of(bytes->bytes(), file.string());
}

Result<PublishedTable> read_published_table_text(std::string text, std::string name) {
    return table_of(text, std::move(name));
}

}  // namespace purse
