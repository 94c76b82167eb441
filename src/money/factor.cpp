#include "money/factor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace purse {

namespace {

bool away_from_zero(wide remainder, wide denominator, bool odd, bool negative, Rounding rounding) {
    if (remainder == 0) return false;
    const wide twice = 2 * remainder;
    switch (rounding) {
        case Rounding::half_up:
            return twice >= denominator;
        case Rounding::half_down:
            return twice > denominator;
        case Rounding::half_even:
            return twice > denominator || (twice == denominator && odd);
        case Rounding::up:
            return true;
        case Rounding::down:
            return false;
        case Rounding::ceiling:
            return !negative;
        case Rounding::floor:
            return negative;
    }
    return false;
}

}  // namespace

std::int64_t divided(wide numerator, wide denominator, Rounding rounding) {
    CHECK(denominator > 0);
    const bool negative = numerator < 0;
    const wide size = negative ? -numerator : numerator;
    wide quotient = size / denominator;
    if (away_from_zero(size % denominator, denominator, quotient % 2 == 1, negative, rounding)) {
        ++quotient;
    }
    CHECK(quotient <= std::numeric_limits<std::int64_t>::max());
    const auto whole = static_cast<std::int64_t>(quotient);
    return negative ? -whole : whole;
}

Pence scaled(Pence amount, Factor factor, Rounding rounding) {
    return Pence(divided(wide{amount.count()} * factor.millionths(), Factor::one, rounding));
}

Result<Factor> parse_factor(std::string_view text) {
    const auto wrong = [&] { return bad_input(fmt::format("'{}' is not a number", text)); };
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);

    int exponent = 0;
    if (const auto e = rest.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view power = rest.substr(e + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        const auto [end, fault] =
            std::from_chars(power.data(), power.data() + power.size(), exponent);
        if (fault != std::errc{} || end != power.data() + power.size()) return wrong();
        if (exponent < -400 || exponent > 400) return wrong();
        rest = rest.substr(0, e);
    }
    std::string digits;
    int point = -1;
    for (const char c : rest) {
        if (c == '.' && point < 0) {
            point = static_cast<int>(digits.size());
        } else if (c >= '0' && c <= '9') {
            digits.push_back(c);
        } else {
            return wrong();
        }
    }
    if (digits.empty() || digits.size() > 400) return wrong();
    // The digits up to `keep` are the whole millionths; the next one decides the rounding.
    const int keep = (point < 0 ? static_cast<int>(digits.size()) : point) + exponent + 6;
    std::int64_t millionths = 0;
    for (int at = 0; at < keep; ++at) {
        const bool given = at < static_cast<int>(digits.size());
        const int digit = given ? digits[static_cast<std::size_t>(at)] - '0' : 0;
        if (__builtin_mul_overflow(millionths, 10, &millionths) ||
            __builtin_add_overflow(millionths, digit, &millionths)) {
            return wrong();
        }
    }
    const bool half = keep >= 0 && keep < static_cast<int>(digits.size()) &&
                      digits[static_cast<std::size_t>(keep)] >= '5';
    if (half && __builtin_add_overflow(millionths, 1, &millionths)) return wrong();
    return Factor(negative ? -millionths : millionths);
}

std::string to_text(Factor factor) {
    const auto count = static_cast<std::uint64_t>(factor.millionths());
    const std::uint64_t size = factor.millionths() < 0 ? 0 - count : count;
    return fmt::format("{}{}.{:06}", factor.millionths() < 0 ? "-" : "", size / 1'000'000,
                       size % 1'000'000);
}

}  // namespace purse
