// The clock of a challenge: who must act, by when, and how many working days are left.
#pragma once

#include <string>
#include <string_view>

#include "calendar/date.hpp"
#include "governance/challenge.hpp"

namespace purse {

// Working days that each side has, from the day of the step before (rules/challenges/rules.toml).
struct ChallengeDays {
    int answer = 0;    // of the commissioner: answer or pass on
    int provider = 0;  // of the provider
    int decide = 0;    // of the commissioner, once the provider has answered
};

// The day that is so many working days after `from`.
Date working_days_after(Date from, int days);

struct ChallengeTurn {
    ChallengeSide side = ChallengeSide::nobody;
    std::string_view what;  // "answer it or pass it to the provider"; empty when nobody has to act
    Date by;
    int days_left = 0;  // working days, the last one included; below zero: late by so many

    [[nodiscard]] bool late() const { return side != ChallengeSide::nobody && days_left < 0; }
};

// `since`: the day of the step that led to the state.
ChallengeTurn turn_of(ChallengeState state, Date since, const ChallengeDays& days, Date today);
// "the provider: answer, by 1 May 2026 (3 working days left)"
std::string in_words(const ChallengeTurn& turn);

}  // namespace purse
