// The roles in which people meet in Purse: one list, for the dialogue, the accounts and the
// permissions.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class Role : unsigned char {
    practice_gp,
    practice_manager,
    commissioner_finance,
    commissioner_information,
    commissioner_pbc_lead,
    panel_member,
    arbiter,
    auditor,
    analyst,
    administrator,
};

std::span<const Role> roles();

std::string_view to_text(Role role);   // "practice_gp", in files and on record
std::string_view in_words(Role role);  // "practice GP"
// "practice GP, practice manager or arbiter", where `last` is " or ".
std::string joined_roles(std::span<const Role> roles, std::string_view last);

// "practice-gp" and "practice_gp" alike; the problem names every role.
Result<Role> parse_role(std::string_view text);

// A practice's people, who speak for it: an account of theirs names the practice.
inline constexpr std::array practice_roles = {Role::practice_gp, Role::practice_manager};
bool is_of_a_practice(Role role);

}  // namespace purse
