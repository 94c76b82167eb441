// Passwords: what is taken for one, how it is kept (Argon2id by libsodium) and how it is proved.
// Long and not common, and nothing else: no composition rules, no expiry (National Cyber Security
// Centre, Password policy: updating your approach, 2018).
#pragma once

#include <string>
#include <string_view>

#include "access/access_rules.hpp"
#include "base/result.hpp"
#include "register/accounts.hpp"

namespace purse {

// Whether the rules take it as this account's password; the problem never quotes it.
Outcome acceptable_password(std::string_view password, const UserAccount& account,
                            const PasswordRules& rules);

// libsodium's text form: parameters and salt are in it.
std::string hashed_password(std::string_view password, const PasswordRules& rules);
// An empty hash takes as long as a real one, and is never right.
bool password_is_right(std::string_view password, const std::string& hash,
                       const PasswordRules& rules);
}  // namespace purse
