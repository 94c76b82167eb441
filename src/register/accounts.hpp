// What the register keeps of the people who may sign in. Secrets are never here in the clear: of
// passwords the Argon2id hash, of tokens and codes a keyed hash, of the second factor's secret what
// the site's key sealed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "governance/role.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct AccountNumber {
    std::int64_t value = 0;  // 1, 2, 3, ... without gaps
    friend auto operator<=>(AccountNumber, AccountNumber) = default;
};

struct UserAccount {
    AccountNumber number;
    std::string name;       // to sign in with: one of its kind, in small letters
    std::string full_name;  // as pages and dialogues show it
    std::string email;      // where links to a new password go; may be empty
    Role role = Role::practice_gp;
    PracticeCode practice;          // of a practice's people; else empty
    CommissionerCode commissioner;  // of all others; empty where the role knows no commissioner
    bool is_locked = false;         // by an administrator: nobody signs in
    bool has_password = false;      // without one only a link or the identity provider lets in
    bool has_second_factor = false;
    std::string made_at;  // ISO 8601 in UTC, as all times here
};

struct NewAccount {
    std::string name;
    std::string full_name;
    std::string email;
    Role role = Role::practice_gp;
    PracticeCode practice;
    CommissionerCode commissioner;
};

struct AccountSecrets {
    std::string password_hash;         // libsodium's text form; empty: none
    std::string second_factor;         // the sealed secret; empty: none
    bool second_factor_is_on = false;  // false: enrolment has begun and is not confirmed
    std::int64_t last_second_factor =
        0;  // the time step of the last code taken: none is taken twice
};

struct StoredSession {
    std::string token_hash;
    AccountNumber account;
    std::string began_at;
    std::string last_seen_at;
    std::string address;
};

struct AttemptNumber {
    std::int64_t value = 0;
    friend auto operator<=>(AttemptNumber, AttemptNumber) = default;
};

// Attempts are counted when they begin, so that many at once cannot slip through.
struct NewAttempt {
    std::string kind;       // "sign in", "link": counted apart
    std::string name_hash;  // keyed: a password typed into the wrong field is not kept
    std::string address;
    std::string at;
    // Failures of the same name, and from the same address, from these times on; with so many of
    // them the attempt is refused.
    std::string since_of_name;
    std::string since_of_address;
    int failures_of_name = 0;
    int failures_of_address = 0;
};

}  // namespace purse
