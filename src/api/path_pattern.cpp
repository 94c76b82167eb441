#include "api/path_pattern.hpp"

#include <algorithm>

namespace purse {

std::optional<std::map<std::string, std::string>> fitted(std::string_view pattern,
                                                         const Target& target) {
    std::map<std::string, std::string> in_path;
    std::size_t at = 0;
    pattern.remove_prefix(1);
    while (!pattern.empty()) {
        const std::string_view part = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(std::min(part.size() + 1, pattern.size()));
        if (at == target.segments.size()) return std::nullopt;
        const std::string& given = target.segments[at++];
        if (part.front() == '{') {
            in_path[std::string(part.substr(1, part.size() - 2))] = given;
        } else if (part != given) {
            return std::nullopt;
        }
    }
    if (at != target.segments.size()) return std::nullopt;
    return in_path;
}

}  // namespace purse
