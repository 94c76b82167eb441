// The disclosure gate: what leaves for a reader without the right to see small counts. Small counts
// become `*`, others are rounded, and so many totals are hidden that no small count can be worked
// out from what is shown: not by subtraction, not from a single price, not from one month's year to
// date less the month's before. The policy is data (rules/disclosure.toml). Pure functions over
// values.
//
// What is promised, of one table: for every hidden small count, in the table, its totals and its
// years to date, there are `fewest_values` different values that it can have, the others of the
// table being such that all that is shown would be the same; and this against a reader who knows
// the policy, which cells are hidden for being small, and every price (whoever sees the pounds of a
// cell then knows its exact count). Pounds are shown as they are only where no hidden cell is in
// them, and rounded elsewhere, so coarsely that the promise holds (or not at all, by the policy).
// Several tables of the same events are not compared: publish one breakdown of a figure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "money/pence.hpp"

namespace purse {

struct DisclosurePolicy {
    std::int64_t smallest_hidden = 1;  // counts from here
    std::int64_t largest_hidden = 7;   // to here are never shown
    std::int64_t round_to = 5;         // all others
    std::int64_t fewest_values = 3;    // that a hidden small count can have
    std::string mark = "*";
    // Pounds that hidden cells are in are rounded to this, or to a multiple; none: they are hidden.
    Pence round_money_to;
};
Result<DisclosurePolicy> read_disclosure_policy(const std::filesystem::path& file);

// People or events counted in a cell, and what they cost where the cell has money.
struct DisclosedCell {
    std::int64_t count = 0;
    std::optional<Pence> money;
};

// A table of counts: periods × rows × columns of what adds up, and the totals that are shown.
// Totals are worked out here, never taken on trust.
struct DisclosureTable {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t periods = 1;           // months, oldest first
    std::vector<DisclosedCell> cells;  // by period, row, column
    bool has_row_totals = true;        // a total at the end of each row
    bool has_column_totals = true;     // and below each column; with both, a grand total
    bool has_year_to_date = false;     // and of everything, the sum of the periods so far
    bool row_totals_count = true;      // false: counts of several kinds; their money alone is shown

    [[nodiscard]] const DisclosedCell& at(std::size_t period, std::size_t row,
                                          std::size_t column) const {
        return cells.at((period * rows + row) * columns + column);
    }
};

struct ShownCell {
    std::optional<std::int64_t> count;  // rounded; nothing: hidden
    std::optional<Pence> money;         // nothing: hidden, or there was none
    Pence money_rounded_to;             // none: it is exact
    [[nodiscard]] bool is_hidden() const { return !count.has_value(); }
};

// What may be shown: as the table, with one row more for column totals and one column more for row
// totals where it has them.
struct ShownTable {
    std::size_t rows = 0;  // totals included
    std::size_t columns = 0;
    std::size_t periods = 0;
    std::vector<ShownCell> cells;         // of each period
    std::vector<ShownCell> year_to_date;  // empty unless asked for

    [[nodiscard]] const ShownCell& at(std::size_t period, std::size_t row,
                                      std::size_t column) const {
        return cells.at((period * rows + row) * columns + column);
    }
    [[nodiscard]] const ShownCell& to_date(std::size_t period, std::size_t row,
                                           std::size_t column) const {
        return year_to_date.at((period * rows + row) * columns + column);
    }
};

ShownTable through_the_gate(const DisclosureTable& table, const DisclosurePolicy& policy);

// A single count on its own: "*", or rounded.
std::string shown_count(std::int64_t count, const DisclosurePolicy& policy);

}  // namespace purse
