// The names of an enumeration's values: a table with one row a value, in the enumeration's order.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace purse {

template <class Key>
struct ValueName {
    Key key;
    std::string_view code;  // in files and on record
    std::string_view words;
};

// A step that people take one after another.
template <class Key>
struct StepName {
    Key key;
    std::string_view code;
    std::string_view action;  // as a permission, in the trail
    std::string_view words;
    bool needs_reasons;
};

template <class Names>
constexpr auto keys_of(const Names& names) {
    std::array<std::remove_cvref_t<decltype(names[0].key)>, std::tuple_size_v<Names>> keys{};
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = names[i].key;
    return keys;
}

template <class Names, class Key>
const auto& named(const Names& names, Key key) {
    return names.at(static_cast<std::size_t>(key));
}

}  // namespace purse
