#include "render/json_values.hpp"

#include <cmath>

namespace purse {

namespace json = boost::json;

json::value pence_or_null(const std::optional<Pence>& amount) {
    return amount ? json::value(amount->count()) : json::value(nullptr);
}

json::value rate_or_null(const std::optional<double>& rate) {
    return rate ? json::value(*rate) : json::value(nullptr);
}

json::value to_two_decimals(double value) { return std::round(value * 100) / 100; }

json::value to_two_decimals(const std::optional<double>& value) {
    return value ? to_two_decimals(*value) : json::value(nullptr);
}

std::string json_line(const json::object& object) { return json::serialize(object) + "\n"; }

}  // namespace purse
