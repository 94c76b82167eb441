// One case of an analyst's table: its columns as numbers, texts and settings. The first cell that
// cannot be read is remembered with its place; what is asked after that is of no use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/confidence.hpp"
#include "tables/delimited.hpp"

namespace purse {

class StatisticsCase {
  public:
    StatisticsCase(const TextTable& table, std::string id, std::vector<std::size_t> rows)
        : table_(table), id_(std::move(id)), rows_(std::move(rows)) {}

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] std::uint64_t line() const { return table_.rows[rows_.front()].line; }
    [[nodiscard]] bool has(std::string_view column) const { return table_.has(column); }

    // Columns, one value a row. A blank cell, NA, NaN or null is not given.
    std::vector<std::string> texts(std::string_view column);
    std::vector<std::optional<double>> given_numbers(std::string_view column);
    std::vector<double> numbers(std::string_view column);          // each must be given
    std::vector<double> numbers_or_zero(std::string_view column);  // not given: none counted

    // Settings: the same in every row of the case.
    std::string setting(std::string_view column, std::string_view otherwise);
    std::optional<double> given_number(std::string_view column);
    double number(std::string_view column);
    double number(std::string_view column, double otherwise);
    std::size_t whole(std::string_view column);
    std::optional<std::size_t> given_whole(std::string_view column);
    bool flag(std::string_view column, bool otherwise);  // TRUE, 1, yes; FALSE, 0, no
    Confidence confidence();                             // column `confidence`, 0.95 if not given

    // Done, or the first cell that could not be read.
    [[nodiscard]] Outcome outcome() const;
    void fail(std::string says);

  private:
    [[nodiscard]] std::string cell(std::size_t row, std::string_view column) const;
    std::optional<double> number_in(std::size_t row, std::string_view column);
    void fail_at(std::size_t row, std::string_view column, std::string_view says);

    const TextTable& table_;
    std::string id_;
    std::vector<std::size_t> rows_;
    std::optional<Problem> fault_;
};

// A cell of an answer: a number in full precision, blank where it is none.
std::string cell_of(double number);
std::string cell_of(std::optional<double> number);
std::string cell_of(std::size_t number);
std::string cell_of(int number);
std::string cell_of(std::string_view text);
inline std::string cell_of(const std::string& text) { return text; }
inline std::string cell_of(const char* text) { return text; }

class StatisticsAnswers {
  public:
    explicit StatisticsAnswers(std::string id) : id_(std::move(id)) {}

    template <class... Cells>
    void add(const Cells&... cells) {
        rows_.push_back({id_, cell_of(cells)...});
    }
    [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const { return rows_; }

  private:
    std::string id_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace purse
