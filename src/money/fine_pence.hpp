// Thousandths of a penny (£0.00001): prescribing costs as they are given, exactly; they are rounded
// to pence once, at the statement line.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "money/factor.hpp"

namespace purse {

class FinePence {
  public:
    static constexpr std::int64_t per_penny = 1000;

    constexpr FinePence() = default;
    constexpr explicit FinePence(std::int64_t thousandths) : thousandths_(thousandths) {}
    [[nodiscard]] constexpr std::int64_t thousandths() const { return thousandths_; }
    friend constexpr auto operator<=>(FinePence, FinePence) = default;

    FinePence& operator+=(FinePence other) {
        CHECK(!__builtin_add_overflow(thousandths_, other.thousandths_, &thousandths_));
        return *this;
    }

  private:
    std::int64_t thousandths_ = 0;
};

inline Pence rounded(FinePence amount, Rounding rounding) {
    return Pence(divided(amount.thousandths(), FinePence::per_penny, rounding));
}

// Reads pounds with up to five decimals ("12.34567"); more decimals only when they are zero.
Result<FinePence> parse_fine_pounds(std::string_view text);
std::string in_pounds(FinePence amount);     // "£1,234.56789", a minus sign before
std::string plain_pounds(FinePence amount);  // "12.34567", always five decimals

}  // namespace purse
