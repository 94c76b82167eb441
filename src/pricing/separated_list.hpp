// Walks a stored text that lists values separated by ';' ("RD01A;RD01A;RN03A"), without a copy.
#pragma once

#include <string_view>

namespace purse {

// Calls visit(value) for every value that is not empty.
template <class Visit>
void for_each_listed(std::string_view list, Visit visit, char separator = ';') {
    while (!list.empty()) {
        const std::size_t end = list.find(separator);
        const std::string_view value = list.substr(0, end);
        if (!value.empty()) visit(value);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
}

inline bool is_listed(std::string_view list, std::string_view wanted) {
    bool found = false;
    for_each_listed(list, [&](std::string_view value) { found = found || value == wanted; });
    return found;
}

}  // namespace purse
