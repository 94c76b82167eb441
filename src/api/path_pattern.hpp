// The path of a route, with names in braces for what differs from request to request.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "api/message.hpp"

namespace purse {

// What stands in the braces of "/api/v1/practices/{practice}", by name; nothing when the target's
// path is another.
std::optional<std::map<std::string, std::string>> fitted(std::string_view pattern,
                                                         const Target& target);

}  // namespace purse
