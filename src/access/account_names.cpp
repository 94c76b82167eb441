#include "access/account_names.hpp"

#include <algorithm>
#include <cctype>

namespace purse {

std::string account_name_form(std::string_view typed) {
    const auto blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!typed.empty() && blank(typed.front())) typed.remove_prefix(1);
    while (!typed.empty() && blank(typed.back())) typed.remove_suffix(1);
    std::string form;
    for (const char c : typed) {
        form += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return form;
}

Outcome is_account_name(std::string_view name) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto allowed = [&](char c) {
        return plain(c) || std::string_view("._-@").find(c) != std::string_view::npos;
    };
    if (name.size() >= 2 && name.size() <= 64 && plain(name.front()) &&
        std::ranges::all_of(name, allowed)) {
        return Nothing{};
    }
    return bad_input("'" + std::string(name) +
                     "' is no name to sign in with: 2 to 64 letters, digits and . _ - @");
}

}  // namespace purse
