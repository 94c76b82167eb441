// A practice's challenge of a record or a line, as a state machine: marked with a reason, answered
// by the commissioner or passed to the provider and then answered, or withdrawn. An upheld
// challenge credits the practice; nothing that was published is rewritten. Who may do what is one
// table, here.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "governance/role.hpp"

namespace purse {

enum class ChallengeReason : unsigned char {
    not_my_patient,
    did_not_happen,
    wrong_hrg,
    duplicate,
    wrong_date,
    wrong_price,  // not our provider's price
};

enum class ChallengeState : unsigned char {
    not_marked,  // the beginning
    marked,      // waits for the commissioner
    with_provider,
    provider_answered,  // waits for the commissioner's decision
    upheld,             // for good
    rejected,           // for good
    withdrawn,          // for good
};

enum class ChallengeStep : unsigned char {
    mark,
    pass,
    provider_answer,  // what the provider says, put on record by the commissioner
    uphold,
    reject,
    withdraw,
};

enum class ChallengeSide : unsigned char { practice, commissioner, provider, nobody };

std::span<const ChallengeReason> challenge_reasons();
std::span<const ChallengeState> challenge_states();
std::span<const ChallengeStep> challenge_steps();

std::string_view to_text(ChallengeReason reason);  // "not_my_patient", in files and on record
std::string_view to_text(ChallengeState state);
std::string_view to_text(ChallengeStep step);
std::string_view in_words(ChallengeReason reason);  // "not my patient"
std::string_view in_words(ChallengeState state);    // "waits for the commissioner"
std::string_view in_words(ChallengeStep step);      // "pass it to the provider"
std::string_view in_words(ChallengeSide side);      // "the practice"
// As a permission and in the trail: "query_record" of a practice's steps, "answer_query" of others.
std::string_view action_name(ChallengeStep step);

// "not-my-patient" and "not_my_patient" alike; the problem names every reason.
Result<ChallengeReason> parse_challenge_reason(std::string_view text);
Result<ChallengeState> parse_challenge_state(std::string_view text);
Result<ChallengeStep> parse_challenge_step(std::string_view text);

ChallengeSide challenge_side_of(Role role);  // nobody: reads only
// A rejection, the provider's answer: they say something, or are none.
bool needs_reasons(ChallengeStep step);
bool is_open(ChallengeState state);  // marked and not yet decided or withdrawn

// One row of the table: in this state, these roles may take this step, and then the state is `to`.
struct ChallengeTransition {
    ChallengeState from;
    ChallengeStep step;
    std::span<const Role> roles;
    ChallengeState to;
    // Only once the provider's time is over: a provider that does not answer delays nobody for
    // ever.
    bool when_overdue = false;
};

// The one table. What is not in it is refused.
std::span<const ChallengeTransition> challenge_transitions();

// The row that allows the step, or why there is none: what this role may do now, or who may do it.
Result<ChallengeTransition> transition_of(ChallengeState from, ChallengeStep step, Role role);

// The table for docs/challenges.md: a row a state and step.
std::string challenge_transitions_as_markdown();

}  // namespace purse
