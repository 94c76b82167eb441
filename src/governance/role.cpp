#include "governance/role.hpp"

#include <algorithm>

#include "governance/names.hpp"

namespace purse {

namespace {

constexpr std::array<ValueName<Role>, 10> role_names = {{
    {Role::practice_gp, "practice_gp", "practice GP"},
    {Role::practice_manager, "practice_manager", "practice manager"},
    {Role::commissioner_finance, "commissioner_finance", "commissioner's finance officer"},
    {Role::commissioner_information, "commissioner_information",
     "commissioner's information officer"},
    {Role::commissioner_pbc_lead, "commissioner_pbc_lead", "commissioner's PbC lead"},
    {Role::panel_member, "panel_member", "panel member"},
    {Role::arbiter, "arbiter", "arbiter"},
    {Role::auditor, "auditor", "auditor"},
    {Role::analyst, "analyst", "analyst"},
    {Role::administrator, "administrator", "administrator"},
}};

constexpr auto all_roles = keys_of(role_names);

}  // namespace

std::span<const Role> roles() { return all_roles; }
std::string_view to_text(Role role) { return named(role_names, role).code; }
std::string_view in_words(Role role) { return named(role_names, role).words; }

std::string joined_roles(std::span<const Role> roles, std::string_view last) {
    std::string list;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (i > 0) list += i + 1 == roles.size() ? last : ", ";
        list += in_words(roles[i]);
    }
    return list;
}

Result<Role> parse_role(std::string_view text) {
    std::string code(text);
    std::ranges::replace(code, '-', '_');
    std::string known;
    for (const auto& name : role_names) {
        if (name.code == code) return name.key;
        known += (known.empty() ? "" : ", ") + std::string(name.code);
    }
    std::ranges::replace(known, '_', '-');
    return bad_input("'" + std::string(text) + "' is no role: give one of " + known);
}

bool is_of_a_practice(Role role) {
    return std::ranges::find(practice_roles, role) != practice_roles.end();
}

}  // namespace purse
