#include "rulebook/sheet_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rulebook/heading.hpp"

namespace purse {
namespace {

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> first) {
    return std::any_of(first.begin(), first.end(),
                       [&](std::string_view wanted) { return text.starts_with(wanted); });
}

// A heading row starts with the wanted heading and has another heading beside it: a note that
// happens to begin likewise stands alone.
bool is_heading_row(const Sheet::Row& row, std::initializer_list<std::string_view> first) {
    bool found = false;
    int headings = 0;
    for (const auto& cell : row.cells) {
        if (cell.empty()) continue;
        if (headings == 0 && !begins_with_any(plain(cell), first)) return false;
        found = true;
        ++headings;
    }
    return found && headings >= 2;
}

// "Best practice tariff" over two columns of a pair: put before the headings below it.
bool is_group(std::string_view text) {
    return text == "bestpracticetariff" || text == "nonbestpracticetariff";
}

void set_headings(PriceTable& table, const Sheet::Row& row, const Sheet::Row* above) {
    std::string group;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (above != nullptr && !above->cell(i).empty()) {
            group = plain(above->cell(i));
            if (!is_group(group)) group.clear();
        }
        table.printed.push_back(tidy(row.cells[i]));
        table.headings.push_back(row.cells[i].empty() ? std::string()
                                                      : group + plain(row.cells[i]));
    }
}

}  // namespace

bool looks_like_data(const Sheet::Row& row) {
    std::size_t first = 0;
    while (first < row.cells.size() && row.cells[first].empty()) ++first;
    if (first == row.cells.size()) return false;
    if (hrg_of(row.cells[first])) return true;
    std::size_t numbers = 0;
    for (std::size_t i = first + 1; i < row.cells.size(); ++i) numbers += is_number(row.cells[i]);
    return numbers > 0;
}

std::optional<std::size_t> PriceTable::column(const Heading& heading) const {
    const auto has = [](const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    };
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const auto& text = headings[i];
        if (text.empty()) continue;
        const bool all = std::all_of(heading.holds.begin(), heading.holds.end(),
                                     [&](auto part) { return has(text, part); });
        const bool none = std::none_of(heading.lacks.begin(), heading.lacks.end(),
                                       [&](auto part) { return has(text, part); });
        if (all && none) return i;
    }
    return std::nullopt;
}

std::vector<PriceTable> SheetReading::tables(std::initializer_list<std::string_view> first,
                                             std::size_t from, std::size_t to) const {
    std::vector<PriceTable> found;
    to = std::min(to, rows().size());
    for (std::size_t i = from; i < to; ++i) {
        if (!is_heading_row(rows()[i], first)) continue;
        if (!found.empty()) found.back().end = i;
        PriceTable table;
        table.heading_row = i;
        table.end = to;
        const bool touching = i > from && rows()[i - 1].number + 1 == rows()[i].number;
        set_headings(table, rows()[i], touching ? &rows()[i - 1] : nullptr);
        found.push_back(std::move(table));
    }
    return found;
}

Result<PriceTable> SheetReading::only_table(std::initializer_list<std::string_view> first,
                                            std::string_view wanted) const {
    auto found = tables(first);
    if (!found.empty()) return std::move(found.front());
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows().size(), 8); ++i)
        for (const auto& cell : rows()[i].cells)
            if (!cell.empty()) seen.push_back("'" + tidy(cell).substr(0, 60) + "'");
    return bad_input(fmt::format(
        "sheet '{}': no row of headings that begins with '{}' was found; its first rows hold {}; "
        "check that this is the published tariff workbook",
        sheet_.name, wanted, fmt::join(seen, ", ")));
}

Result<std::optional<std::size_t>> SheetReading::column(const PriceTable& table,
                                                        const Heading& heading) const {
    auto found = table.column(heading);
    if (found || !heading.needed) return found;
    std::vector<std::string> seen;
    for (const auto& text : table.printed)
        if (!text.empty()) seen.push_back("'" + text + "'");
    return bad_input(fmt::format(
        "sheet '{}', row {}: no column headed '{}' was found; the headings there are {}",
        sheet_.name, rows()[table.heading_row].number, heading.says, fmt::join(seen, ", ")));
}

void SheetReading::account_for_the_rest() {
    for (const auto& row : rows())
        if (!accounted_.contains(row.number) && looks_like_data(row))
            unread(row, "stands outside the tables that are read");
    std::sort(report_.unread.begin(), report_.unread.end(),
              [](const auto& a, const auto& b) { return a.row < b.row; });
}

Problem SheetReading::problem_at(const Sheet::Row& row, std::string_view heading,
                                 std::string_view why) const {
    return bad_input(
        fmt::format("sheet '{}', row {}, column '{}': {}", sheet_.name, row.number, heading, why));
}

template <class T>
std::optional<T> RowCells::taken(Result<std::optional<T>> result, std::size_t column) {
    if (result) return *result;
    if (!problem_)
        problem_ = reading_.problem_at(row_, table_.printed[column], result.problem().says);
    return std::nullopt;
}

std::string RowCells::text(std::optional<std::size_t> column) const { return tidy(cell(column)); }

std::optional<Pence> RowCells::price(std::optional<std::size_t> column) {
    return taken(price_of(cell(column)), column.value_or(0));
}

std::optional<int> RowCells::days(std::optional<std::size_t> column) {
    return taken(days_of(cell(column)), column.value_or(0));
}

std::optional<Factor> RowCells::share(std::optional<std::size_t> column) {
    return taken(share_of(cell(column)), column.value_or(0));
}

}  // namespace purse
