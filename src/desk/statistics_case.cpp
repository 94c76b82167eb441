#include "desk/statistics_case.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace purse {

namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

bool is_not_given(std::string_view text) {
    const std::string lower = lowered(text);
    return lower.empty() || lower == "na" || lower == "nan" || lower == "null";
}

}  // namespace

std::string StatisticsCase::cell(std::size_t row, std::string_view column) const {
    const auto place = table_.column(column);
    if (!place) return {};
    return table_.rows[rows_[row]].cells[*place];
}

void StatisticsCase::fail(std::string says) {
    if (!fault_) fault_ = bad_input(std::move(says));
}

void StatisticsCase::fail_at(std::size_t row, std::string_view column, std::string_view says) {
    fail(fmt::format("line {}, column {}: {}", table_.rows[rows_[row]].line, column, says));
}

std::optional<double> StatisticsCase::number_in(std::size_t row, std::string_view column) {
    const std::string text = cell(row, column);
    if (is_not_given(text)) return std::nullopt;
    double number = 0;
    const char* first = text.data() + (text.front() == '+' ? 1 : 0);
    const auto [end, fault] = std::from_chars(first, text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
        fail_at(row, column, fmt::format("'{}' is not a number", text));
        return std::nullopt;
    }
    return number;
}

std::vector<std::string> StatisticsCase::texts(std::string_view column) {
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < size(); ++row) texts.push_back(cell(row, column));
    return texts;
}

std::vector<std::optional<double>> StatisticsCase::given_numbers(std::string_view column) {
    std::vector<std::optional<double>> numbers;
    for (std::size_t row = 0; row < size(); ++row) numbers.push_back(number_in(row, column));
    return numbers;
}

std::vector<double> StatisticsCase::numbers(std::string_view column) {
    std::vector<double> numbers;
    for (std::size_t row = 0; row < size(); ++row) {
        const auto number = number_in(row, column);
        if (!number) fail_at(row, column, "a number is missing");
        numbers.push_back(number.value_or(0));
    }
    return numbers;
}

std::vector<double> StatisticsCase::numbers_or_zero(std::string_view column) {
    std::vector<double> numbers;
    for (const auto& number : given_numbers(column)) numbers.push_back(number.value_or(0));
    return numbers;
}

std::string StatisticsCase::setting(std::string_view column, std::string_view otherwise) {
    const std::string text = cell(0, column);
    for (std::size_t row = 1; row < size(); ++row) {
        const std::string other = cell(row, column);
        if (other == text) continue;
        fail_at(
            row, column,
            fmt::format("'{}' here and '{}' before: it is one setting for the whole case (rows of "
                        "several cases are told apart by a column case_id)",
                        other, text));
    }
    return is_not_given(text) ? std::string(otherwise) : text;
}

std::optional<double> StatisticsCase::given_number(std::string_view column) {
    if (setting(column, "").empty()) return std::nullopt;
    return number_in(0, column);
}

double StatisticsCase::number(std::string_view column) {
    const auto number = given_number(column);
    if (!number) fail_at(0, column, "a number is missing");
    return number.value_or(0);
}

double StatisticsCase::number(std::string_view column, double otherwise) {
    return given_number(column).value_or(otherwise);
}

std::optional<std::size_t> StatisticsCase::given_whole(std::string_view column) {
    const auto number = given_number(column);
    if (!number) return std::nullopt;
    if (*number < 0 || *number > 1e6 || *number != std::floor(*number)) {
        fail_at(0, column, fmt::format("{} is not a whole number from 0 to a million", *number));
        return std::nullopt;
    }
    return static_cast<std::size_t>(*number);
}

std::size_t StatisticsCase::whole(std::string_view column) {
    const auto number = given_whole(column);
    if (!number) fail_at(0, column, "a whole number is missing");
    return number.value_or(0);
}

bool StatisticsCase::flag(std::string_view column, bool otherwise) {
    const std::string text = lowered(setting(column, otherwise ? "true" : "false"));
    if (text == "true" || text == "1" || text == "yes" || text == "t") return true;
    if (text == "false" || text == "0" || text == "no" || text == "f") return false;
    fail_at(0, column, fmt::format("'{}' is neither TRUE nor FALSE", text));
    return otherwise;
}

Confidence StatisticsCase::confidence() {
    const auto confidence = Confidence::of(number("confidence", 0.95));
    if (confidence) return *confidence;
    fail_at(0, "confidence", confidence.problem().says);
    return Confidence::of_95();
}

Outcome StatisticsCase::outcome() const {
    if (fault_) return *fault_;
    return Nothing{};
}

std::string cell_of(double number) {
    if (!std::isfinite(number)) return {};
    return number == 0 ? "0" : fmt::format("{}", number);
}
std::string cell_of(std::optional<double> number) { return number ? cell_of(*number) : ""; }
std::string cell_of(std::size_t number) { return fmt::format("{}", number); }
std::string cell_of(int number) { return fmt::format("{}", number); }
std::string cell_of(std::string_view text) { return std::string(text); }

}  // namespace purse
