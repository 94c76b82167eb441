#include "register/digested_field.hpp"

namespace purse {

std::string digested_field(std::string_view text) {
    return std::to_string(text.size()) + ":" + std::string(text);
}

std::string digested_field(std::int64_t number) { return digested_field(std::to_string(number)); }

}  // namespace purse
