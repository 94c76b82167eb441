// Tells in a few instructions that a code is surely not among those put in; of one that is not, it
// may say once in a while that it could be. So records that no rule concerns skip the rules.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace purse {

class CodeFilter {
  public:
    void put(std::uint64_t code) {
        const std::size_t bit = bit_of(code);
        bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    [[nodiscard]] bool may_hold(std::uint64_t code) const {
        const std::size_t bit = bit_of(code);
        return (bits_[bit / 64] >> bit % 64 & 1) != 0;
    }

  private:
    [[nodiscard]] static std::size_t bit_of(std::uint64_t code) {
        return static_cast<std::size_t>((code * 0x9E3779B97F4A7C15U) >> 52);
    }
    std::array<std::uint64_t, 64> bits_{};  // 4,096 bits
};

}  // namespace purse
