#include "governance/dialogue_event.hpp"

#include "base/digest.hpp"
#include "governance/chained_text.hpp"

namespace purse {

namespace {

bool sets_the_table(DialogueStep step) {
    return step == DialogueStep::show_data || step == DialogueStep::offer;
}

Outcome says_enough(const DialogueAct& act) {
    if (is_blank(act.author)) return bad_input("say who takes the step (--by)");
    if (needs_reasons(act.step) && is_blank(act.says)) {
        return bad_input("to " + std::string(in_words(act.step)) +
                         " needs words: say what, or why");
    }
    return Nothing{};
}

// A person speaks for one side only: who made the offer does not agree to it, and who was a party
// does not rule.
Outcome one_side_only(std::span<const DialogueEvent> events, const DialogueAct& act) {
    for (const DialogueEvent& event : events) {
        if (!is_same_person(event.author, act.author)) continue;
        if (side_of(event.role) == side_of(act.role)) continue;
        return Problem{ProblemKind::forbidden,
                       act.author + " has acted for " + std::string(in_words(side_of(event.role))) +
                           " in this dialogue (event " + std::to_string(event.number) +
                           ") and cannot act for " + std::string(in_words(side_of(act.role)))};
    }
    return Nothing{};
}

Outcome in_time(const DialogueTransition& row, const DialogueAct& act) {
    if (!row.when_overdue) return Nothing{};
    const auto today = parse_date(std::string_view(act.at).substr(0, 10));
    if (!today) return today.problem();
    if (*today > act.dates.agreed_by) return Nothing{};
    return conflict("this can be referred once the date for agreement, " +
                    in_words(act.dates.agreed_by) + ", has passed");
}

Outcome seen_all(const DialoguePosition& position, const DialogueAct& act) {
    if (!act.after || *act.after == position.last) return Nothing{};
    return conflict("somebody else has taken a step in the dialogue of " + act.practice.text() +
                    " meanwhile: look at its history and try again");
}

std::string beginning(const std::string& hash) { return hash.substr(0, 12); }

Outcome sets_what(const DialoguePosition& position, const DialogueAct& act) {
    if (act.on_table.empty()) {
        return bad_input("nothing was put on the table: say what is shown or offered");
    }
    if (act.step == DialogueStep::offer && act.draft.empty()) {
        return bad_input("an offer is of a draft: name it");
    }
    if (act.step == DialogueStep::offer && position.offers > 0 &&
        act.on_table == position.on_table) {
        return conflict("this offer is on the table already (" + beginning(act.on_table) + ")");
    }
    return Nothing{};
}

// Of a ruling: for the offer on the table, or for a draft of the arbiter's choice.
Outcome rules_what(const DialoguePosition& position, const DialogueAct& act) {
    if (act.draft.empty() != act.on_table.empty()) {
        return bad_input("a ruling that changes the figures names its draft");
    }
    if (act.draft.empty() && position.draft.empty()) {
        return bad_input("no offer is on the table: a ruling names the draft that it rules for");
    }
    return Nothing{};
}

Outcome speaks_of_the_table(const DialoguePosition& position, const DialogueAct& act) {
    if (act.step == DialogueStep::rule) return rules_what(position, act);
    if (sets_the_table(act.step)) return sets_what(position, act);
    if (act.step == DialogueStep::agree && act.on_table.empty()) {
        return bad_input("to agree, give the hash of the offer (it is " +
                         beginning(position.on_table) + " now): so nobody agrees to another");
    }
    if (!act.on_table.empty() && act.on_table != position.on_table) {
        return conflict("the offer " + beginning(act.on_table) +
                        " is not on the table any more; what is on the table is " +
                        beginning(position.on_table) + ": look at it first");
    }
    return Nothing{};
}

DialogueEvent event_of(const DialoguePosition& position, const DialogueAct& act,
                       std::int64_t number) {
    const bool new_table = !act.draft.empty() || sets_the_table(act.step);
    const bool next_version = act.step == DialogueStep::reopen;
    DialogueEvent event{.number = number,
                        .practice = act.practice,
                        .year = act.year,
                        .version = position.version + (next_version ? 1 : 0),
                        .step = act.step,
                        .role = act.role,
                        .author = act.author,
                        .at = act.at,
                        .says = act.says,
                        .draft = new_table ? act.draft : position.draft,
                        .on_table = new_table ? act.on_table : position.on_table,
                        .previous = position.last,
                        .hash = {}};
    event.hash = hash_of(event);
    return event;
}

void move_on(DialoguePosition& position, const DialogueEvent& event, DialogueState to) {
    position.state = to;
    position.version = event.version;
    position.draft = event.draft;
    position.on_table = event.on_table;
    position.last = event.hash;
    if (event.step == DialogueStep::offer) ++position.offers;
    if (event.step != DialogueStep::reopen) return;
    position.offers = 0;
    position.draft.clear();
    position.on_table.clear();
    const auto day = parse_date(std::string_view(event.at).substr(0, 10));
    position.reopened = day ? std::optional(*day) : std::nullopt;
}

Problem altered(const DialogueEvent& event, const std::string& why) {
    return conflict("event " + std::to_string(event.number) + " of the dialogue of " +
                    event.practice.text() + " " + to_text(event.year) + " " + why);
}

Outcome is_as_written(const DialoguePosition& position, const DialogueEvent& event) {
    if (hash_of(event) != event.hash) return altered(event, "is not as it was written");
    if (event.previous != position.last) {
        return altered(event, "does not follow the event before it: one is missing or was added");
    }
    if (!transition_of(position.state, event.step, event.role)) {
        return altered(event, "is a step that could not be taken there");
    }
    const int version = position.version + (event.step == DialogueStep::reopen ? 1 : 0);
    if (event.version != version) return altered(event, "has another version than its place");
    return Nothing{};
}

}  // namespace

std::string hash_of(const DialogueEvent& event) {
    return digest_of(
        hashed_field(std::to_string(event.number)) + hashed_field(event.practice.text()) +
        hashed_field(to_text(event.year)) + hashed_field(std::to_string(event.version)) +
        hashed_field(to_text(event.step)) + hashed_field(to_text(event.role)) +
        hashed_field(event.author) + hashed_field(event.at) + hashed_field(event.says) +
        hashed_field(event.draft) + hashed_field(event.on_table) + hashed_field(event.previous));
}

DialoguePosition position_of(std::span<const DialogueEvent> events) {
    DialoguePosition position;
    for (const DialogueEvent& event : events) {
        const auto row = transition_of(position.state, event.step, event.role);
        // An altered history is found by check_chain; here it stands still.
        move_on(position, event, row ? row->to : position.state);
    }
    return position;
}

Result<DialogueEvent> next_event(std::span<const DialogueEvent> events, const DialogueAct& act,
                                 std::int64_t number) {
    const DialoguePosition position = position_of(events);
    if (const auto seen = seen_all(position, act); !seen) return seen.problem();
    const auto row = transition_of(position.state, act.step, act.role);
    if (!row) return row.problem();
    for (const Outcome& fine : {says_enough(act), one_side_only(events, act), in_time(*row, act),
                                speaks_of_the_table(position, act)}) {
        if (!fine) return fine.problem();
    }
    return event_of(position, act, number);
}

Outcome check_chain(std::span<const DialogueEvent> events) {
    DialoguePosition position;
    for (const DialogueEvent& event : events) {
        if (const auto fine = is_as_written(position, event); !fine) return fine.problem();
        move_on(position, event, transition_of(position.state, event.step, event.role)->to);
    }
    return Nothing{};
}

}  // namespace purse
