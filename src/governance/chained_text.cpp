#include "governance/chained_text.hpp"

#include <cctype>

namespace purse {

namespace {

std::string name_form(std::string_view name) {
    std::string form;
    for (const char c : name) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0) continue;
        form += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return form;
}

}  // namespace

std::string hashed_field(std::string_view text) {
    return std::to_string(text.size()) + ":" + std::string(text) + "\n";
}

bool is_blank(std::string_view text) { return name_form(text).empty(); }

bool is_same_person(std::string_view one, std::string_view other) {
    return name_form(one) == name_form(other);
}

}  // namespace purse
