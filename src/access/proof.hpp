// The steps of signing in that several use cases share.
#pragma once

#include <string>
#include <string_view>

#include "access/access_rules.hpp"
#include "access/accounts.hpp"
#include "access/site_key.hpp"
#include "register/register.hpp"

namespace purse {

// One answer for unknown names, wrong passwords, wrong codes and locked accounts.
Problem wrong_name_or_password();

// Counts an attempt before anything is compared; too_many refuses it. `kind` is "sign in" or
// "link".
Result<AttemptNumber> begin_attempt(Register& decisions, const SiteKey& key,
                                    const std::string& kind, const std::string& name,
                                    const FailureLimit& by_name, const FailureLimit& by_address,
                                    const Visit& visit);

// Who acts on an account before anybody is signed in.
Actor actor_of(const UserAccount& account, const Visit& visit);

// A code of the account's app, or one of its recovery codes, taken now and never again.
bool second_factor_is_right(Register& decisions, const SiteKey& key, const UserAccount& account,
                            std::string_view code, Instant at);

inline constexpr std::string_view second_factor_purpose = "second factor";
inline constexpr std::string_view recovery_purpose = "recovery code";
inline constexpr std::string_view session_purpose = "session";
inline constexpr std::string_view csrf_purpose = "csrf";
inline constexpr std::string_view link_purpose = "password link";

}  // namespace purse
