// Whole pence: the only money in the house. It meets no float and never overflows quietly.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

class Pence {
  public:
    constexpr Pence() = default;
    constexpr explicit Pence(std::int64_t count) : count_(count) {}

    [[nodiscard]] constexpr std::int64_t count() const { return count_; }

    friend constexpr auto operator<=>(Pence, Pence) = default;
    Pence& operator+=(Pence other) {
        CHECK(!__builtin_add_overflow(count_, other.count_, &count_));
        return *this;
    }
    Pence& operator-=(Pence other) {
        CHECK(!__builtin_sub_overflow(count_, other.count_, &count_));
        return *this;
    }
    friend Pence operator+(Pence a, Pence b) { return a += b; }
    friend Pence operator-(Pence a, Pence b) { return a -= b; }
    Pence operator-() const { return Pence(0) - *this; }

  private:
    std::int64_t count_ = 0;
};

constexpr Pence pounds(std::int64_t whole) { return Pence(whole * 100); }

// "£1,234.56", "−£0.05"; the minus is U+2212 as in print.
std::string in_pounds(Pence amount);
// For a sentence, where pence distract: "£4.52m", "£353,000", "£1,700", "£85".
std::string roughly(Pence amount);
// "1234.56", "-0.05": for files, exactly two decimals and a plain hyphen.
std::string plain_pounds(Pence amount);
// Reads "1234", "1,234.56", "£1,234.5", "-0.05"; refuses more than two decimals and anything else.
Result<Pence> parse_pounds(std::string_view text);

}  // namespace purse
