// Figures as JSON has them: null where there is none.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "money/pence.hpp"

namespace purse {

boost::json::value pence_or_null(const std::optional<Pence>& amount);
boost::json::value rate_or_null(const std::optional<double>& rate);

// Rates and limits to two decimals: finer figures would only look surer than they are.
boost::json::value to_two_decimals(double value);
boost::json::value to_two_decimals(const std::optional<double>& value);

// An object on a line of its own.
std::string json_line(const boost::json::object& object);

// What `each` makes of every item, in their order.
template <class Items, class Each>
boost::json::array array_of(const Items& items, Each each) {
    boost::json::array array;
    for (const auto& item : items) array.emplace_back(each(item));
    return array;
}

}  // namespace purse
