// One sheet of a price workbook while it is read: tables found by their headings, and an account of
// every row that looks like data and was not read.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "rulebook/tariff.hpp"
#include "rulebook/tariff_files.hpp"
#include "tables/workbook.hpp"

namespace purse {

// What a heading must and must not hold, in `plain` letters: {"nonelective", "tariff"} but not
// {"shortstay"}.
struct Heading {
    std::string says;  // for the problem: "Non-elective spell tariff"
    std::vector<std::string_view> holds;
    std::vector<std::string_view> lacks = {};
    bool needed = true;
};

// A heading row and the rows below it, up to the next heading row, section or the sheet's end.
class PriceTable {
  public:
    std::size_t heading_row = 0;  // places in Sheet::rows
    std::size_t end = 0;
    std::vector<std::string> headings;  // plain, by column; with the group heading above in front
    std::vector<std::string> printed;   // as printed

    [[nodiscard]] std::optional<std::size_t> column(const Heading& heading) const;
};

// Whether the row's first cell is an HRG, or a number stands after its first cell.
bool looks_like_data(const Sheet::Row& row);

class SheetReading {
  public:
    SheetReading(const Sheet& sheet, std::uint16_t place, SheetRead& report)
        : sheet_(sheet), place_(place), report_(report) {}

    [[nodiscard]] const Sheet& sheet() const { return sheet_; }
    [[nodiscard]] const std::vector<Sheet::Row>& rows() const { return sheet_.rows; }
    [[nodiscard]] TariffSource source(const Sheet::Row& row) const { return {place_, row.number}; }

    // Every table of the rows [from, to) whose heading row has a cell beginning with one of the
    // `first` headings ("hrgcode").
    [[nodiscard]] std::vector<PriceTable> tables(std::initializer_list<std::string_view> first,
                                                 std::size_t from = 0,
                                                 std::size_t to = ~std::size_t{0}) const;
    [[nodiscard]] Result<PriceTable> only_table(std::initializer_list<std::string_view> first,
                                                std::string_view wanted) const;
    // The place of the column, or the problem naming sheet, heading wanted and headings found.
    [[nodiscard]] Result<std::optional<std::size_t>> column(const PriceTable& table,
                                                            const Heading& heading) const;

    void read(const Sheet::Row& row) {
        if (accounted_.insert(row.number).second) ++report_.rows_read;
    }
    void unread(const Sheet::Row& row, std::string reason) {
        if (accounted_.insert(row.number).second)
            report_.unread.push_back({row.number, std::move(reason)});
    }
    void passed_over(const Sheet::Row& row) { accounted_.insert(row.number); }
    // Lists the rows that look like data (an HRG, a treatment function or a price in the row) and
    // were neither read nor given a reason.
    void account_for_the_rest();

    [[nodiscard]] Problem problem_at(const Sheet::Row& row, std::string_view heading,
                                     std::string_view why) const;

  private:
    const Sheet& sheet_;
    std::uint16_t place_;
    SheetRead& report_;
    std::set<std::uint32_t> accounted_;
};

// Reads the cells of one row by column places, keeping the first problem.
class RowCells {
  public:
    RowCells(const SheetReading& reading, const PriceTable& table, const Sheet::Row& row)
        : reading_(reading), table_(table), row_(row) {}

    [[nodiscard]] std::string text(std::optional<std::size_t> column) const;
    std::optional<Pence> price(std::optional<std::size_t> column);
    std::optional<int> days(std::optional<std::size_t> column);
    std::optional<Factor> share(std::optional<std::size_t> column);
    [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }

  private:
    template <class T>
    std::optional<T> taken(Result<std::optional<T>> result, std::size_t column);
    [[nodiscard]] std::string_view cell(std::optional<std::size_t> column) const {
        return column ? row_.cell(*column) : std::string_view();
    }

    const SheetReading& reading_;
    const PriceTable& table_;
    const Sheet::Row& row_;
    std::optional<Problem> problem_;
};

}  // namespace purse
