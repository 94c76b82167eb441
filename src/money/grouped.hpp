// A whole number for reading: "12,345", "-12,345".
#pragma once

#include <cstdint>
#include <string>

namespace purse {

std::string grouped(std::int64_t count);

}  // namespace purse
