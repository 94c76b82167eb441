// Text of older systems: bytes that are no UTF-8 are read as Windows-1252.
#pragma once

#include <string>
#include <string_view>

namespace purse {

// Strict: no overlong forms, surrogates or code points over U+10FFFF.
bool is_utf8(std::string_view text);

// Every byte becomes a character; the five that Windows-1252 leaves out become the control
// characters of the same number, as browsers read them (WHATWG Encoding Standard).
std::string from_windows_1252(std::string_view text);

}  // namespace purse
