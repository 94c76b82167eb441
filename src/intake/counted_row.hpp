// A row of a file that is counted, field by field as its layout says, and what is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "intake/counted_file.hpp"

namespace purse {

class CountedRow {
  public:
    CountedRow(const CountedLayout& layout, const TextTable& table, const TextTable::Row& row,
               CountedRows& read)
        : layout_(layout), table_(table), row_(row), read_(read) {}

    [[nodiscard]] bool good() const { return good_; }
    // Empty where no column of the field has a value.
    [[nodiscard]] std::string text(std::string_view field) const;
    // The same, translated by the layout's codes; a code that it does not list is a warning and
    // empty, where the field has codes.
    std::string coded(std::string_view field, const std::vector<std::string_view>& known);
    std::string needed(std::string_view field);
    // An organisation's code in capitals; empty where it is absent or, with a reject, none.
    std::string organisation(std::string_view field, bool is_needed);
    std::optional<Date> date(std::string_view field);
    // A whole number in the range; outside it the row is rejected.
    std::optional<std::int64_t> number(std::string_view field, std::int64_t least,
                                       std::int64_t most);
    void reject(std::string_view field, std::string reason, std::string says, std::string remedy,
                bool show_value = true);
    void warn(std::string_view field, std::string reason, std::string says, std::string remedy);

  private:
    [[nodiscard]] std::optional<std::size_t> place(std::string_view field) const;
    void add(bool rejects, std::string_view field, std::string reason, std::string says,
             std::string remedy, bool show_value);

    const CountedLayout& layout_;
    const TextTable& table_;
    const TextTable::Row& row_;
    CountedRows& read_;
    bool good_ = true;
};

}  // namespace purse
