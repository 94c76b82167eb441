// Numbers as files write them, read without allocation: for column kernels.
#pragma once

#include <cstdint>
#include <string_view>

namespace purse {

// A decimal number to a whole count of 10^-places: "12.34567" to five places is 1234567. More
// places only when they are zero ("59.0" is a whole number); leading zeros as they come; a minus
// only where `may_be_negative`. False for anything else, and beyond 17 digits.
bool read_decimal(std::string_view text, int places, bool may_be_negative, std::int64_t& out);

}  // namespace purse
