// What a row's digest is made from: each text with its length before it, so that two texts never
// read as another two. Digests that are stored rest on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace purse {

std::string digested_field(std::string_view text);
std::string digested_field(std::int64_t number);

}  // namespace purse
