#include "governance/challenge_event.hpp"

#include "base/digest.hpp"
#include "governance/chained_text.hpp"

namespace purse {

namespace {

std::optional<Date> day_of(std::string_view at) {
    const auto day = parse_date(at.substr(0, 10));
    return day ? std::optional(*day) : std::nullopt;
}

Outcome says_enough(const ChallengeAct& act) {
    if (is_blank(act.author)) return bad_input("say who takes the step (--by)");
    if (!day_of(act.at)) return bad_input("the step has no day");
    if (needs_reasons(act.step) && is_blank(act.says)) {
        return bad_input("to " + std::string(in_words(act.step)) +
                         " needs words: say what, or why");
    }
    return Nothing{};
}

// Who marked it for the practice does not answer it for the commissioner.
Outcome one_side_only(std::span<const ChallengeEvent> events, const ChallengeAct& act) {
    for (const ChallengeEvent& event : events) {
        if (!is_same_person(event.author, act.author)) continue;
        const ChallengeSide before = challenge_side_of(event.role);
        if (before == challenge_side_of(act.role)) continue;
        return Problem{ProblemKind::forbidden,
                       act.author + " has acted for " + std::string(in_words(before)) +
                           " in this challenge (event " + std::to_string(event.number) +
                           ") and cannot act for " +
                           std::string(in_words(challenge_side_of(act.role)))};
    }
    return Nothing{};
}

Outcome in_time(const ChallengeTransition& row, const ChallengePosition& position,
                const ChallengeAct& act) {
    if (!row.when_overdue) return Nothing{};
    const ChallengeTurn turn = turn_of(position.state, *position.since, act.days, *day_of(act.at));
    if (turn.late()) return Nothing{};
    return conflict("the provider may answer until " + in_words(turn.by) +
                    ": decide then, or when it has answered");
}

Outcome seen_all(const ChallengePosition& position, const ChallengeAct& act) {
    if (!act.after || *act.after == position.last) return Nothing{};
    return conflict("somebody else has taken a step in challenge " + std::to_string(act.challenge) +
                    " meanwhile: look at it and try again");
}

Outcome amount_fits(const ChallengePosition& position, const ChallengeAct& act) {
    const std::string disputed = in_pounds(position.disputed);
    switch (act.step) {
        case ChallengeStep::mark:
            if (act.amount > Pence(0) && !act.subject.empty()) return Nothing{};
            return bad_input("nothing is disputed: what costs nothing needs no challenge");
        case ChallengeStep::provider_answer:
            if (act.amount >= Pence(0) && act.amount <= position.disputed) return Nothing{};
            return bad_input("the provider accepts from £0.00 to " + disputed + ", not " +
                             in_pounds(act.amount));
        case ChallengeStep::uphold:
            if (act.amount <= Pence(0) || act.amount > position.disputed) {
                return bad_input("the credit is from a penny to " + disputed + ", not " +
                                 in_pounds(act.amount));
            }
            if (act.borne_by.empty()) return bad_input("say who bears the cost instead");
            if (!act.closed) return conflict("no month is closed: there is nothing to correct");
            return Nothing{};
        case ChallengeStep::pass:
        case ChallengeStep::reject:
        case ChallengeStep::withdraw:
            break;
    }
    if (act.amount != Pence(0)) {
        return bad_input("to " + std::string(in_words(act.step)) + " has no amount");
    }
    return Nothing{};
}

ChallengeEvent event_of(const ChallengePosition& position, const ChallengeAct& act,
                        std::int64_t number) {
    ChallengeEvent event;
    event.number = number;
    event.challenge = act.challenge;
    event.step = act.step;
    event.role = act.role;
    event.author = act.author;
    event.at = act.at;
    event.says = act.says;
    event.amount = act.amount;
    event.subject = act.step == ChallengeStep::mark ? act.subject : position.subject;
    event.previous = position.last;
    if (act.step == ChallengeStep::uphold) {
        event.borne_by = act.borne_by;
        event.falls_on = *act.closed + 1;
    }
    event.hash = hash_of(event);
    return event;
}

void move_on(ChallengePosition& position, const ChallengeEvent& event, ChallengeState to) {
    position.state = to;
    position.subject = event.subject;
    position.last = event.hash;
    position.since = day_of(event.at);
    if (event.step == ChallengeStep::mark) {
        position.disputed = event.amount;
        position.marked = position.since;
    }
    if (event.step == ChallengeStep::pass) {
        position.accepted.reset();
        if (!position.first_pass) position.first_pass = position.since;
    }
    if (event.step == ChallengeStep::provider_answer) position.accepted = event.amount;
    if (event.step == ChallengeStep::uphold) {
        position.credit = event.amount;
        position.borne_by = event.borne_by;
        position.falls_on = event.falls_on;
    }
    if (!is_open(to)) position.ended = position.since;
}

Problem altered(const ChallengeEvent& event, const std::string& why) {
    return conflict("event " + std::to_string(event.number) + " of challenge " +
                    std::to_string(event.challenge) + " " + why);
}

Outcome is_as_written(const ChallengePosition& position, const ChallengeEvent& event) {
    if (hash_of(event) != event.hash) return altered(event, "is not as it was written");
    if (event.previous != position.last) {
        return altered(event, "does not follow the event before it: one is missing or was added");
    }
    if (!position.subject.empty() && event.subject != position.subject) {
        return altered(event, "is about something else than was marked");
    }
    if (!transition_of(position.state, event.step, event.role)) {
        return altered(event, "is a step that could not be taken there");
    }
    return Nothing{};
}

}  // namespace

std::string hash_of(const ChallengeEvent& event) {
    return digest_of(
        hashed_field(std::to_string(event.number)) + hashed_field(std::to_string(event.challenge)) +
        hashed_field(to_text(event.step)) + hashed_field(to_text(event.role)) +
        hashed_field(event.author) + hashed_field(event.at) + hashed_field(event.says) +
        hashed_field(std::to_string(event.amount.count())) + hashed_field(event.borne_by) +
        hashed_field(event.falls_on ? to_text(*event.falls_on) : "") + hashed_field(event.subject) +
        hashed_field(event.previous));
}

ChallengePosition position_of(std::span<const ChallengeEvent> events) {
    ChallengePosition position;
    for (const ChallengeEvent& event : events) {
        const auto row = transition_of(position.state, event.step, event.role);
        // An altered history is found by check_chain; here it stands still.
        move_on(position, event, row ? row->to : position.state);
    }
    return position;
}

Result<ChallengeEvent> next_event(std::span<const ChallengeEvent> events, const ChallengeAct& act,
                                  std::int64_t number) {
    const ChallengePosition position = position_of(events);
    if (const auto seen = seen_all(position, act); !seen) return seen.problem();
    const auto row = transition_of(position.state, act.step, act.role);
    if (!row) return row.problem();
    if (const auto fine = says_enough(act); !fine) return fine.problem();
    if (const auto fine = one_side_only(events, act); !fine) return fine.problem();
    if (const auto fine = in_time(*row, position, act); !fine) return fine.problem();
    if (const auto fine = amount_fits(position, act); !fine) return fine.problem();
    return event_of(position, act, number);
}

Outcome check_chain(std::span<const ChallengeEvent> events) {
    ChallengePosition position;
    for (const ChallengeEvent& event : events) {
        if (const auto fine = is_as_written(position, event); !fine) return fine.problem();
        move_on(position, event, transition_of(position.state, event.step, event.role)->to);
    }
    return Nothing{};
}

}  // namespace purse
