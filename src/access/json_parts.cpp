#include "access/json_parts.hpp"

namespace purse {

namespace json = boost::json;

std::optional<json::object> object_in(std::string_view text) {
    boost::system::error_code fault;
    json::value document = json::parse(text, fault);
    if (fault || !document.is_object()) return std::nullopt;
    return std::move(document.as_object());
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

}  // namespace purse
