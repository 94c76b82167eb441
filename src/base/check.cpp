#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace purse {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "purse: a promise in the code is broken: %s (%s:%d)\n", condition, file,
                 line);
    std::abort();
}

}  // namespace purse
