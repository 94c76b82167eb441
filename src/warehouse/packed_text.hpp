// Codes between DuckDB's texts and their packed numbers (base/code.hpp), without a copy on the way:
// a text of up to twelve bytes lies within DuckDB's own sixteen.
#pragma once

#include <duckdb.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/code.hpp"

namespace purse {

inline std::string_view view_of(const duckdb_string_t& text) {
    const std::uint32_t length = text.value.inlined.length;
    return {length <= 12 ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

// The same as packed(view_of(text)).
inline std::uint64_t packed(const duckdb_string_t& text) {
    const std::uint32_t length = text.value.inlined.length;
    if (length == 0) return 0;
    if (length > 8) return bad_code;
    std::uint64_t word = 0;
    std::memcpy(&word, text.value.inlined.inlined, 8);
    word = __builtin_bswap64(word);
    const std::uint64_t used = ~std::uint64_t{0} << (64 - 8 * length);
    word &= used;
    // Unused bytes are looked at as '!', so that only real ones can be out of bounds.
    const std::uint64_t looked_at = word | (0x2121212121212121U & ~used);
    const std::uint64_t below = (looked_at - 0x2121212121212121U) & ~looked_at;
    const std::uint64_t above = (looked_at + 0x0101010101010101U) | looked_at;
    if (((below | above) & 0x8080808080808080U) == 0) return word;
    return packed(view_of(text));
}

inline duckdb_string_t unpacked_text(std::uint64_t code) {
    duckdb_string_t text;
    std::memset(&text, 0, sizeof text);
    const auto length = code == 0 ? 0U : 8U - static_cast<unsigned>(std::countr_zero(code)) / 8U;
    text.value.inlined.length = length;
    const std::uint64_t bytes = __builtin_bswap64(code);
    std::memcpy(text.value.inlined.inlined, &bytes, 8);
    return text;
}

}  // namespace purse
