// CHECK stops the program before a wrong figure is published. It is always on.
#pragma once

namespace purse {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace purse

#define CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::purse::check_failed(#condition, __FILE__, __LINE__))
