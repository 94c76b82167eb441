// How accounts are kept safe, as data: rules/access.toml, and rules/common_passwords.txt beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "base/result.hpp"

namespace purse {

struct PasswordRules {
    int shortest = 12;  // characters
    int longest = 200;
    std::set<std::string> common;  // in small letters
    // Argon2id: passes and memory.
    std::uint64_t passes = 3;
    std::size_t memory_bytes = std::size_t{64} << 20;
};

// So many failures within the time, and the next attempt waits until one of them is older.
struct FailureLimit {
    int failures = 0;
    std::int64_t within_seconds = 0;
};

struct SessionRules {
    std::int64_t idle_seconds = 0;      // without a request
    std::int64_t absolute_seconds = 0;  // since sign-in
};

struct AccessRules {
    PasswordRules passwords;
    FailureLimit by_name;     // of one account, from anywhere
    FailureLimit by_address;  // from one address, for any account
    FailureLimit links_by_name;
    FailureLimit links_by_address;
    SessionRules sessions;
    std::int64_t link_seconds = 0;  // a link to a new password is good for so long
};

// The problem names the file, the line and the key.
Result<AccessRules> read_access_rules(const std::filesystem::path& rules_folder);

}  // namespace purse
