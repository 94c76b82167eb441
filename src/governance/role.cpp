#include "governance/role.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace purse {

namespace {

struct RoleName {
    Role role;
    std::string_view code;
    std::string_view words;
};
constexpr std::array<RoleName, 10> role_names = {{
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

constexpr auto all_roles = [] {
    std::array<Role, role_names.size()> roles{};
    for (std::size_t i = 0; i < roles.size(); ++i) roles[i] = role_names[i].role;
    return roles;
}();

const RoleName& named(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

}  // namespace

std::span<const Role> roles() { return all_roles; }
std::string_view to_text(Role role) { return named(role).code; }
std::string_view in_words(Role role) { return named(role).words; }

Result<Role> parse_role(std::string_view text) {
    std::string code(text);
    std::ranges::replace(code, '-', '_');
    std::string known;
    for (const RoleName& name : role_names) {
        if (name.code == code) return name.role;
        known += (known.empty() ? "" : ", ") + std::string(name.code);
    }
    std::ranges::replace(known, '_', '-');
    return bad_input("'" + std::string(text) + "' is no role: give one of " + known);
}

bool is_of_a_practice(Role role) {
    return role == Role::practice_gp || role == Role::practice_manager;
}

}  // namespace purse
