// The dialogue about a practice's budget, as a state machine: the data are shown, comments invited
// and answered, an offer made, agreed or disputed with reasons, revised, referred and ruled on.
// Modelled on fundholding's regulation 18 (SI 1996/706): the information is shown to the practice,
// comment invited on its accuracy and meaning, a sum proposed and agreement recorded or not; the
// arbiter's ruling binds both (practice-based commissioning, questions and answers of 2006-07).
// Who may do what is one table, here; nobody agrees for the other side.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "governance/role.hpp"

namespace purse {

enum class DialogueState : unsigned char {
    nothing_shown,  // the beginning of every version
    data_shown,
    commented,  // a comment on the data waits for its answer
    answered,
    offered,
    queried,  // a comment on the offer waits for its answer
    disagreed,
    referred,
    agreed,  // frozen
    ruled,   // frozen, and binding on both sides
};

enum class DialogueStep : unsigned char {
    show_data,
    comment,
    answer,
    offer,
    agree,
    disagree,
    refer,
    rule,
    reopen,  // begins the next version; what was agreed or ruled stays in force until its agreement
};

using DialogueRole = Role;

enum class DialogueSide : unsigned char { practice, commissioner, arbiter, reader };

std::span<const DialogueState> dialogue_states();
std::span<const DialogueStep> dialogue_steps();

std::string_view to_text(DialogueState state);  // "data_shown", in files and on record
std::string_view to_text(DialogueStep step);    // "show_data"
std::string_view action_name(
    DialogueStep step);  // "show_budget_data": as a permission, in the trail
std::string_view in_words(DialogueState state);  // "data shown"
std::string_view in_words(DialogueStep step);    // "show the data"
std::string_view in_words(DialogueSide side);    // "the practice"

Result<DialogueStep> parse_dialogue_step(std::string_view text);

DialogueSide side_of(DialogueRole role);
// Comments, answers, disagreements, referrals, rulings and reopenings say something, or are none.
bool needs_reasons(DialogueStep step);
// Agreed or ruled: nothing changes but by a new version.
bool is_frozen(DialogueState state);

// One row of the table: in this state, these roles may take this step, and then the state is `to`.
struct DialogueTransition {
    DialogueState from;
    DialogueStep step;
    std::span<const DialogueRole> roles;
    DialogueState to;
    // Only once the scheme's date for agreement has passed: silence is no agreement, and no reason
    // to wait for ever. (Budgets not given by 1 May went to arbitration from 2009.)
    bool when_overdue = false;
};

// The one table. What is not in it is refused.
std::span<const DialogueTransition> dialogue_transitions();

// The row that allows the step, or why there is none: what this role may do now, or who may do it.
Result<DialogueTransition> transition_of(DialogueState from, DialogueStep step, DialogueRole role);

// The table for docs/dialogue.md: a row a state and step.
std::string transitions_as_markdown();

}  // namespace purse
