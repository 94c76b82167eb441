// A row of a published table read cell by cell: values of the right type, and the first fault kept
// with its line and column, so that a row that cannot be read is left out whole and with a reason.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "base/code.hpp"
#include "calendar/date.hpp"
#include "tables/delimited.hpp"

namespace purse {

// A row not read: where, and why, with what to do about it.
struct UnreadRow {
    std::uint64_t line = 0;
    std::string column;
    std::string says;
};

// Rows that are right but of no use here ("a commissioner's total, not a practice's").
struct PassedOver {
    std::string why;
    std::size_t rows = 0;
};

// Of the letters a to z; others stay.
std::string upper_case(std::string_view text);

// The three formats of parse_date, and 01JAN2021 as in the patient list extracts.
Result<Date> parse_published_date(std::string_view text);

// Upper case, without blanks; a problem unless it is 1 to 8 letters and digits.
Result<std::string> parse_organisation_code(std::string_view text);

class PublishedRow {
  public:
    PublishedRow(const TextTable& table, const TextTable::Row& row) : table_(table), row_(row) {}

    [[nodiscard]] std::uint64_t line() const { return row_.line; }
    [[nodiscard]] bool good() const { return !fault_; }
    [[nodiscard]] const std::optional<UnreadRow>& fault() const { return fault_; }

    // The cell under the column's place; empty when the place is none.
    [[nodiscard]] const std::string& text(std::optional<std::size_t> place) const;
    // An empty cell, "-" and "NULL" are no date.
    std::optional<Date> date(std::optional<std::size_t> place);
    Date date_required(std::size_t place);
    template <class C>
    C code(std::optional<std::size_t> place) {
        return C(code_text(place, true));
    }
    template <class C>
    C code_or_none(std::optional<std::size_t> place) {
        return C(code_text(place, false));
    }

    std::string code_text(std::optional<std::size_t> place, bool required);
    void refuse(std::optional<std::size_t> place, std::string says);

  private:
    const TextTable& table_;
    const TextTable::Row& row_;
    std::optional<UnreadRow> fault_;
};

// Adds one to the count of the rows passed over for this reason.
void pass_over(std::vector<PassedOver>& counts, std::string_view why);

// The place of the first of these headings that the table has.
std::optional<std::size_t> place_of(const TextTable& table,
                                    std::initializer_list<std::string_view> headings);
bool has_all(const TextTable& table, std::initializer_list<std::string_view> headings);

}  // namespace purse
