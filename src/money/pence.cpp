#include "money/pence.hpp"

#include <fmt/format.h>

#include "money/grouped.hpp"

namespace purse {

namespace {

std::uint64_t magnitude(Pence amount) {
    const auto count = static_cast<std::uint64_t>(amount.count());
    return amount.count() < 0 ? 0 - count : count;
}

struct Unsigned {
    std::string_view text;
    bool negative;
};

// One minus, typed or printed, and then one pound sign, either of which may be missing.
Unsigned without_sign(std::string_view text) {
    bool negative = false;
    for (const std::string_view minus : {"-", "\xE2\x88\x92"}) {
        if (negative || !text.starts_with(minus)) continue;
        text.remove_prefix(minus.size());
        negative = true;
    }
    if (text.starts_with("£")) text.remove_prefix(std::string_view("£").size());
    return {text, negative};
}

}  // namespace

std::string in_pounds(Pence amount) {
    const std::uint64_t size = magnitude(amount);
    return fmt::format("{}£{}.{:02}", amount < Pence(0) ? "\xE2\x88\x92" : "",
                       grouped(static_cast<std::int64_t>(size / 100)), size % 100);
}

std::string roughly(Pence amount) {
    const std::uint64_t pounds = (magnitude(amount) + 50) / 100;
    const auto to_nearest = [](std::uint64_t count, std::uint64_t step) {
        return static_cast<std::int64_t>((count + step / 2) / step * step);
    };
    const std::string sign = amount < Pence(0) ? "\xE2\x88\x92" : "";
    if (pounds < 1'000) return fmt::format("{}£{}", sign, pounds);
    if (pounds < 9'950) return fmt::format("{}£{}", sign, grouped(to_nearest(pounds, 100)));
    if (pounds < 999'500) return fmt::format("{}£{}", sign, grouped(to_nearest(pounds, 1'000)));
    const std::int64_t hundredths = to_nearest(pounds, 10'000) / 10'000;
    return fmt::format("{}£{}.{:02}m", sign, hundredths / 100, hundredths % 100);
}

std::string plain_pounds(Pence amount) {
    const std::uint64_t size = magnitude(amount);
    return fmt::format("{}{}.{:02}", amount < Pence(0) ? "-" : "", size / 100, size % 100);
}

Result<Pence> parse_pounds(std::string_view text) {
    const auto wrong = [&] {
        return bad_input(fmt::format("'{}' is not an amount in pounds, such as 1234.56", text));
    };
    const auto [digits, negative] = without_sign(text);
    std::int64_t count = 0;
    int decimals = -1;  // -1 until the point is met
    bool any = false;
    for (const char c : digits) {
        if (c == ',' && any && decimals < 0) continue;
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || decimals >= 2) return wrong();
        if (decimals >= 0) ++decimals;
        any = true;
        if (__builtin_mul_overflow(count, 10, &count) ||
            __builtin_add_overflow(count, c - '0', &count)) {
            return wrong();
        }
    }
    if (!any) return wrong();
    for (int missing = decimals < 0 ? 2 : 2 - decimals; missing > 0; --missing) {
        if (__builtin_mul_overflow(count, 10, &count)) return wrong();
    }
    return Pence(negative ? -count : count);
}

}  // namespace purse
