#include "intake/plain_numbers.hpp"

namespace purse {

namespace {

constexpr std::int64_t most_before_a_digit =
    10'000'000'000'000'000;  // another digit still fits 63 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool read_decimal(std::string_view text, int places, bool may_be_negative, std::int64_t& out) {
    const bool negative = may_be_negative && text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    std::size_t i = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) {
        if (value >= most_before_a_digit) return false;
        value = value * 10 + (text[i] - '0');
    }
    const std::size_t whole = i;
    std::size_t decimals = 0;
    if (i < text.size() && text[i] == '.') {
        for (++i; i < text.size() && is_digit(text[i]); ++i, ++decimals) {
            if (places > 0) {
                if (value >= most_before_a_digit) return false;
                value = value * 10 + (text[i] - '0');
                --places;
            } else if (text[i] != '0') {
                return false;
            }
        }
    }
    if (i != text.size() || whole + decimals == 0) return false;
    for (; places > 0; --places) {
        if (value >= most_before_a_digit) return false;
        value *= 10;
    }
    out = negative ? -value : value;
    return true;
}

}  // namespace purse
