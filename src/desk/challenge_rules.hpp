// The site's rules about challenges: how long each side has, and what an upheld one credits.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "desk/site.hpp"
#include "governance/challenge_clock.hpp"

namespace purse {

struct ChallengeReasonRule {
    bool whole_credit = false;  // the whole of what is disputed, where no amount is given
    std::string borne_by;       // "provider" or an unattributed account
};

struct ChallengeRules {
    ChallengeDays days;
    std::map<ChallengeReason, ChallengeReasonRule> reasons;  // of every reason
};

// rules.toml of the site's own challenge rules, else Purse's; the problem names line and key.
Result<ChallengeRules> challenge_rules_of(const Site& site);
Result<ChallengeRules> read_challenge_rules(const std::filesystem::path& file);

// The folder of rules about challenges that counts for the site.
std::filesystem::path challenge_rules_folder(const Site& site);

// "provider" or one of the accounts that no practice answers for.
bool bears_cost(std::string_view name);

}  // namespace purse
