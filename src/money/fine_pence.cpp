#include "money/fine_pence.hpp"

#include <fmt/format.h>

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

std::string plain_pounds(FinePence amount) {
    const std::int64_t t = amount.thousandths();
    const auto count = static_cast<std::uint64_t>(t);
    const std::uint64_t size = t < 0 ? 0 - count : count;
    return fmt::format("{}{}.{:05}", t < 0 ? "-" : "", size / 100'000, size % 100'000);
}

}  // namespace purse
