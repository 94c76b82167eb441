#include "reports/to_come.hpp"

#include <fmt/format.h>

namespace purse {

std::string upheld_to_come(Pence corrections) {
    if (corrections == Pence(0)) return {};
    return fmt::format("Upheld, and in the figures of a later month: {}.", in_pounds(corrections));
}

}  // namespace purse
