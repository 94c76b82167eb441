// An option that was given, parsed; nothing when it was not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

template <class T>
Outcome take_option(const std::string& text, Result<T> (*parse)(std::string_view),
                    std::optional<T>& out) {
    if (text.empty()) return Nothing{};
    auto parsed = parse(text);
    if (!parsed) return parsed.problem();
    out = *parsed;
    return Nothing{};
}

}  // namespace purse
