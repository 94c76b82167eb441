// What reader and piece cutter must agree on to the letter: blanks, the byte order mark, and how
// long a quoted field may run.
#pragma once

#include <cstdint>
#include <string_view>

#include "tables/delimited.hpp"

namespace purse {

inline bool is_blank(char c, char delimiter) { return (c == ' ' || c == '\t') && c != delimiter; }

// The record's own bound keeps a hostile file of `x","` lines from being read again from each line.
inline bool runs_on_too_long(std::uint64_t field_line_ends, std::uint64_t record_line_ends,
                             const DelimitedFormat& format) {
    const auto longest = static_cast<std::uint64_t>(format.longest_quoted_lines);
    return field_line_ends >= longest || record_line_ends >= 4 * longest;
}

// Whether a quote that is not one of a pair closes its field. Within a line it always does; of a
// field that has run over lines it does so only where a field can end, for else it opens another
// field and the one before it was never closed.
inline bool closes_field(const char* quote, const char* end, std::uint64_t field_line_ends,
                         char delimiter) {
    if (field_line_ends == 0 || quote + 1 == end) return true;
    const char next = quote[1];
    return next == delimiter || next == '\r' || next == '\n' || is_blank(next, delimiter);
}

// How many bytes of the text are its byte order mark.
inline std::size_t byte_order_mark(std::string_view bytes, std::uint64_t first_line) {
    return first_line == 1 && bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

inline void check_format(const DelimitedFormat& format) {
    CHECK(format.delimiter != '"' && format.delimiter != '\r' && format.delimiter != '\n' &&
          format.delimiter != '\0');
    CHECK(format.longest_quoted_lines >= 1);
}

}  // namespace purse
