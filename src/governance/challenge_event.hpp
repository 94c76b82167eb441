// What was done about a challenge, as events that are only ever added. Each holds the digest of
// what is challenged and the hash of the challenge's event before, so that an altered, missing or
// added one is found.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "calendar/month.hpp"
#include "governance/challenge.hpp"
#include "governance/challenge_clock.hpp"
#include "money/pence.hpp"

namespace purse {

struct ChallengeEvent {
    std::int64_t number = 0;     // 1, 2, 3, ... over all challenges, without gaps
    std::int64_t challenge = 0;  // whose event it is
    ChallengeStep step = ChallengeStep::mark;
    Role role = Role::practice_gp;
    std::string author;
    std::string at;    // ISO 8601 in UTC
    std::string says;  // a note, the provider's words, the reasons
    // Marking: what is disputed. The provider's answer: what it accepts. Upholding: the credit.
    Pence amount;
    std::string borne_by;           // upholding: "provider", or the account that bears it instead
    std::optional<Month> falls_on;  // upholding: the month of the correcting record
    std::string subject;            // digest of what is challenged
    std::string previous;           // hash of the challenge's event before; empty for its first
    std::string hash;
};

// Over every field but itself.
std::string hash_of(const ChallengeEvent& event);

// Where a challenge stands after its events, oldest first (none: at the beginning).
struct ChallengePosition {
    ChallengeState state = ChallengeState::not_marked;
    Pence disputed;
    std::optional<Pence> accepted;  // by the provider, in its last answer
    Pence credit;                   // once upheld
    std::string borne_by;
    std::optional<Month> falls_on;
    std::string subject;
    std::string last;                // hash of the last event
    std::optional<Date> marked;      // days of the steps
    std::optional<Date> first_pass;  // when it was first passed on
    std::optional<Date> since;       // of the step that led to the state
    std::optional<Date> ended;       // decided or withdrawn
};
ChallengePosition position_of(std::span<const ChallengeEvent> events);

// A step that somebody wants to take.
struct ChallengeAct {
    std::int64_t challenge = 0;
    ChallengeStep step = ChallengeStep::mark;
    Role role = Role::practice_gp;
    std::string author;
    std::string at;    // the caller's clock, ISO 8601 in UTC
    std::string says;  // needed where needs_reasons(step)
    // Marking: above 0. The provider's answer: from 0 to what is disputed. Upholding: from a penny
    // to what is disputed. Elsewhere 0.
    Pence amount;
    std::string borne_by;         // upholding only
    std::string subject;          // marking only
    std::optional<Month> closed;  // the last month that is closed: a correction falls after it
    ChallengeDays days;
    // The last event that the actor has seen; somebody else's step since then is a conflict. No
    // value: the actor does not say.
    std::optional<std::string> after;
};

// The event that the act becomes after these events of the same challenge, or why it is refused:
// not in the table, for another role, too early, without words or with an amount that cannot be, by
// a person of another side, or after a step that the actor has not seen.
Result<ChallengeEvent> next_event(std::span<const ChallengeEvent> events, const ChallengeAct& act,
                                  std::int64_t number);

// Whether the events of one challenge, oldest first, are as they were written: every hash, every
// link, every step by the table. The problem names the first event that is not.
Outcome check_chain(std::span<const ChallengeEvent> events);

}  // namespace purse
