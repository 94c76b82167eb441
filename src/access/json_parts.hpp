// Parts of the JSON documents that an identity provider writes: nothing where they are not there or
// are of another kind.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace purse {

std::optional<boost::json::object> object_in(std::string_view text);
std::string text_in(const boost::json::object& object, std::string_view name);  // or ""

}  // namespace purse
