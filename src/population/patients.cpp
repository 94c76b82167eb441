#include "population/patients.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace purse {

namespace {

constexpr std::int64_t most = 100'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whole patients, thousands apart or not.
bool read_whole(std::string_view text, std::int64_t& whole) {
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return false;
    for (const char c : text) {
        if (c == ',') continue;
        if (!is_digit(c) || whole > most) return false;
        whole = whole * 10 + (c - '0');
    }
    return whole <= most;
}

// The digits after the point, to thousandths, the fourth deciding the rounding.
bool read_part(std::string_view digits, std::int64_t& thousandths) {
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return false;
    std::int64_t ten_thousandths = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        ten_thousandths = ten_thousandths * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    }
    thousandths = (ten_thousandths + 5) / 10;
    return true;
}

}  // namespace

Result<Patients> parse_patients(std::string_view text) {
    const auto point = text.find('.');
    std::int64_t whole = 0;
    std::int64_t part = 0;
    const bool good = read_whole(text.substr(0, point), whole) &&
                      (point == std::string_view::npos || read_part(text.substr(point + 1), part));
    if (good) return Patients::from_thousandths(whole * 1000 + part);
    return bad_input(fmt::format("'{}' is not a number of patients: write it as 5903", text));
}

std::string to_text(Patients patients) {
    const std::int64_t part = patients.thousandths() % 1000;
    std::string text = fmt::format("{}", patients.thousandths() / 1000);
    if (part == 0) return text;
    text += fmt::format(".{:03}", part);
    return text.substr(0, text.find_last_not_of('0') + 1);
}

}  // namespace purse
