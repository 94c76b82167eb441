#include "access/cookies.hpp"

namespace purse {

std::string set_cookie(std::string_view name, std::string_view value, std::int64_t seconds) {
    return std::string(name) + "=" + std::string(value) +
           "; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=" + std::to_string(seconds);
}

std::string cookie_in(std::string_view cookie_header, std::string_view name) {
    const std::string start = std::string(name) + "=";
    while (!cookie_header.empty()) {
        const auto end = cookie_header.find(';');
        std::string_view one = cookie_header.substr(0, end);
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
        if (one.starts_with(start)) return std::string(one.substr(start.size()));
        if (end == std::string_view::npos) break;
        cookie_header.remove_prefix(end + 1);
    }
    return "";
}

}  // namespace purse
