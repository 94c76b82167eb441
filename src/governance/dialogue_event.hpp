// What was done in a dialogue, as events that are only ever added. Each holds the hash of what was
// on the table and of the event before it, so that an altered, missing or added one is found.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "calendar/month.hpp"
#include "governance/dialogue.hpp"
#include "governance/dialogue_clock.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct DialogueEvent {
    std::int64_t number = 0;  // 1, 2, 3, ... over all dialogues, without gaps
    PracticeCode practice;
    FinancialYear year;
    int version = 1;
    DialogueStep step = DialogueStep::show_data;
    DialogueRole role = DialogueRole::practice_gp;
    std::string author;
    std::string at;     // ISO 8601 in UTC
    std::string says;   // reasons, a comment, the data as they were shown
    std::string draft;  // digest of the draft whose amounts are on the table; empty before an offer
    std::string on_table;  // hash of what is on the table: the data shown, or the offer
    std::string previous;  // hash of the dialogue's event before; empty for its first
    std::string hash;
};

// Over every field but itself.
std::string hash_of(const DialogueEvent& event);

// Where a dialogue stands after its events, oldest first (none: at the beginning).
struct DialoguePosition {
    DialogueState state = DialogueState::nothing_shown;
    int version = 1;
    int offers = 0;                // of this version
    std::string draft;             // of the offer on the table, agreed or ruled
    std::string on_table;          // empty while nothing is shown
    std::string last;              // hash of the last event
    std::optional<Date> reopened;  // when this version began, from the second on
};
DialoguePosition position_of(std::span<const DialogueEvent> events);

// A step that somebody wants to take.
struct DialogueAct {
    PracticeCode practice;
    FinancialYear year;
    DialogueStep step = DialogueStep::show_data;
    DialogueRole role = DialogueRole::practice_gp;
    std::string author;
    std::string at;    // the caller's clock, ISO 8601 in UTC
    std::string says;  // needed where needs_reasons(step)
    // Of an offer, and of a ruling that changes the figures: the draft's digest. Else empty.
    std::string draft;
    // Showing data, an offer, a ruling for a draft: the hash of what they put on the table.
    // Agreement: the hash of the offer that is agreed to, and no other. Elsewhere it may be left
    // empty, and must be that of what is on the table where it is not.
    std::string on_table;
    // The last event that the actor has seen; somebody else's step since then is a conflict. No
    // value: the actor does not say.
    std::optional<std::string> after;
    DialogueDates dates;  // of this version
};

// The event that the act becomes after these events of the same practice and year, or why it is
// refused: not in the table, for another role, too early, without reasons, by a person of another
// side, on something else than is on the table, or after a step that the actor has not seen.
Result<DialogueEvent> next_event(std::span<const DialogueEvent> events, const DialogueAct& act,
                                 std::int64_t number);

// Whether the events of one dialogue, oldest first, are as they were written: every hash, every
// link, every step by the table. The problem names the first event that is not.
Outcome check_chain(std::span<const DialogueEvent> events);

}  // namespace purse
