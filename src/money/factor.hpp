// A Factor is a whole number of millionths: market forces factors, percentages, shares of a price.
// Products of money and factors are exact in 128 bits and rounded once, by the rounding the caller
// names.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/wide.hpp"
#include "money/pence.hpp"

namespace purse {

class Factor {
  public:
    static constexpr std::int64_t one = 1'000'000;

    constexpr Factor() = default;
    constexpr explicit Factor(std::int64_t millionths) : millionths_(millionths) {}
    [[nodiscard]] constexpr std::int64_t millionths() const { return millionths_; }
    friend constexpr auto operator<=>(Factor, Factor) = default;

  private:
    std::int64_t millionths_ = one;
};

enum class Rounding {
    half_up,  // halves away from zero: the tariff's rule
    half_even,
    half_down,  // halves towards zero
    up,         // away from zero
    down,       // towards zero
    ceiling,    // towards plus infinity
    floor,      // towards minus infinity
};

// numerator ÷ denominator to a whole number, rounded once. The denominator is above zero.
std::int64_t divided(wide numerator, wide denominator, Rounding rounding);

// amount × factor, rounded once.
Pence scaled(Pence amount, Factor factor, Rounding rounding);

// Reads "1.036391", "0.3", "1e-3", or a workbook's stored 0.30000000000000004 (as 0.300000): the
// text is rounded half up to six decimals. Refuses what is not a number.
Result<Factor> parse_factor(std::string_view text);
std::string to_text(Factor factor);  // "1.036391", always six decimals

}  // namespace purse
