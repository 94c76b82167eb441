// Packs a field's text into a code (base/code.hpp) eight bytes at a time: the step that every code
// of every record goes through.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/code.hpp"

namespace purse {

namespace packing {

inline constexpr std::uint64_t every_byte = 0x0101010101010101ULL;

// The first four and the last four bytes overlap where there are fewer than eight.
inline std::uint64_t first_bytes_highest(const char* text, std::size_t size) {
    std::uint64_t value = 0;
    if (size >= 4) {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, text, 4);
        std::memcpy(&last, text + size - 4, 4);
        value = std::uint64_t{__builtin_bswap32(first)} << 32;
        return value | std::uint64_t{__builtin_bswap32(last)} << (8 * (8 - size));
    }
    for (std::size_t i = 0; i < size; ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(text[i])} << (56 - 8 * i);
    }
    return value;
}

}  // namespace packing

// `packed` of the text, and whether it may hold lower-case letters (then it is to be put in upper
// case and packed again). Same results as `packed`: a test compares them.
struct PackedText {
    std::uint64_t code = bad_code;
    bool maybe_lower = false;
};

inline PackedText pack(std::string_view text) {
    static_assert(std::endian::native == std::endian::little);
    using packing::every_byte;
    if (text.size() > 8) return {};
    if (text.empty()) return {0, false};
    const std::uint64_t value = packing::first_bytes_highest(text.data(), text.size());
    const std::uint64_t high_bits = 0x80 * every_byte;
    // Places without a character count as '!'.
    const std::uint64_t unused = text.size() == 8 ? 0 : ~std::uint64_t{0} >> (8 * text.size());
    const std::uint64_t filled = value | (unused & ('!' * every_byte));
    const std::uint64_t below = (filled - '!' * every_byte) & ~filled & high_bits;
    const std::uint64_t deletes = filled ^ (0x7F * every_byte);
    const std::uint64_t is_delete = (deletes - every_byte) & ~deletes & high_bits;
    const bool lower = (value & (value << 1) & (0x40 * every_byte)) != 0;
    if (((value & high_bits) | below | is_delete) != 0) return {bad_code, lower};
    return {value, lower};
}

// Characters in a packed code.
inline std::size_t size_of_packed(std::uint64_t code) {
    return code == 0 ? 0 : 8 - static_cast<std::size_t>(std::countr_zero(code)) / 8;
}

}  // namespace purse
