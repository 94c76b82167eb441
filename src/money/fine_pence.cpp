#include "money/fine_pence.hpp"

#include <fmt/format.h>

#include "money/grouped.hpp"

namespace purse {

Result<FinePence> parse_fine_pounds(std::string_view text) {
    const auto wrong = [&] {
        return bad_input(
            fmt::format("'{}' is not an amount in pounds with at most five decimals", text));
    };
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;
    bool any = false;
    for (const char c : rest) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') return wrong();
        any = true;
        if (decimals >= 5) {
            if (c != '0') return wrong();
            continue;
        }
        if (decimals >= 0) ++decimals;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value)) {
            return wrong();
        }
    }
    if (!any) return wrong();
    for (int missing = decimals < 0 ? 5 : 5 - decimals; missing > 0; --missing) {
        if (__builtin_mul_overflow(value, 10, &value)) return wrong();
    }
    return FinePence(negative ? -value : value);
}

namespace {

std::uint64_t magnitude(FinePence amount) {
    const auto count = static_cast<std::uint64_t>(amount.thousandths());
    return amount.thousandths() < 0 ? 0 - count : count;
}

}  // namespace

std::string in_pounds(FinePence amount) {
    const std::uint64_t size = magnitude(amount);
    return fmt::format("{}£{}.{:05}", amount.thousandths() < 0 ? "\xE2\x88\x92" : "",
                       grouped(static_cast<std::int64_t>(size / 100'000)), size % 100'000);
}

std::string plain_pounds(FinePence amount) {
    const std::uint64_t size = magnitude(amount);
    return fmt::format("{}{}.{:05}", amount.thousandths() < 0 ? "-" : "", size / 100'000,
                       size % 100'000);
}

}  // namespace purse
