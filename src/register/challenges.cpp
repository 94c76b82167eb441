#include "register/challenges.hpp"

#include <algorithm>
#include <map>

#include "base/digest.hpp"
#include "money/shares.hpp"
#include "register/digested_field.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view challenge_columns =
    "number, practice, account, month, provider, reason, note, data_set, batch, file_line,"
    " record_id, what, began, ended, rule, beside, beside_provider, digest";
constexpr std::string_view challenge_types = "ntttttttnntttttttt";
constexpr std::string_view challenge_event_columns =
    "number, challenge, step, role, author, happened_at, says, pence, borne_by, falls_on, subject,"
    " previous, digest";
constexpr std::string_view challenge_event_types = "nntttttnttttt";
constexpr std::string_view correction_columns =
    "event, place, challenge, account, line, treatment_function, falls_on, pence, borne_by";

std::string text_of(const std::optional<ChallengedRecord>& record) {
    if (!record) return digested_field("");
    return digested_field(short_name(record->set)) + digested_field(record->batch) +
           digested_field(record->line) + digested_field(record->record_id) +
           digested_field(record->what) + digested_field(to_text(record->began)) +
           digested_field(to_text(record->ended));
}

ChallengeEvent challenge_event_in(const SqlRow& row) {
    ChallengeEvent event;
    event.number = number_in(row, 0);
    event.challenge = number_in(row, 1);
    event.step = stored(parse_challenge_step(text_in(row, 2)));
    event.role = stored(parse_role(text_in(row, 3)));
    event.author = text_in(row, 4);
    event.at = text_in(row, 5);
    event.says = text_in(row, 6);
    event.amount = Pence(number_in(row, 7));
    event.borne_by = text_in(row, 8);
    if (!text_in(row, 9).empty()) event.falls_on = stored(parse_month(text_in(row, 9)));
    event.subject = text_in(row, 10);
    event.previous = text_in(row, 11);
    event.hash = text_in(row, 12);
    return event;
}

Challenge challenge_in(const SqlRow& row) {
    Challenge challenge;
    challenge.number = number_in(row, 0);
    NewChallenge& what = challenge.what;
    what.practice = PracticeCode(text_in(row, 1));
    what.account = Account(text_in(row, 2));
    what.month = stored(parse_month(text_in(row, 3)));
    what.provider = ProviderCode(text_in(row, 4));
    what.reason = stored(parse_challenge_reason(text_in(row, 5)));
    what.note = text_in(row, 6);
    if (!text_in(row, 7).empty()) {
        what.record = ChallengedRecord{stored(parse_data_set(text_in(row, 7))),
                                       number_in(row, 8),
                                       number_in(row, 9),
                                       text_in(row, 10),
                                       text_in(row, 11),
                                       stored(parse_date(text_in(row, 12))),
                                       stored(parse_date(text_in(row, 13)))};
    }
    what.rule = text_in(row, 14);
    what.beside = text_in(row, 15);
    what.beside_provider = ProviderCode(text_in(row, 16));
    return challenge;
}

std::vector<Challenge> challenges_where(Session& session, const std::string& rest,
                                        const SqlRow& values = {}) {
    std::vector<Challenge> found;
    std::map<std::int64_t, std::size_t> places;
    const std::string those = "(select number from challenge " + rest + ")";
    for (const SqlRow& row : session.rows("select " + std::string(challenge_columns) +
                                              " from challenge " + rest + " order by number",
                                          challenge_types, values)) {
        places[number_in(row, 0)] = found.size();
        found.push_back(challenge_in(row));
    }
    for (const SqlRow& row :
         session.rows("select challenge, line, treatment_function, pence from challenge_amount"
                      " where challenge in " +
                          those + " order by challenge, place",
                      "nttn", values)) {
        found[places.at(number_in(row, 0))].what.amounts.push_back(
            {stored(parse_budget_line(text_in(row, 1))), TreatmentFunction(text_in(row, 2)),
             Pence(number_in(row, 3))});
    }
    for (const SqlRow& row :
         session.rows("select " + std::string(challenge_event_columns) +
                          " from challenge_event where challenge in " + those + " order by number",
                      challenge_event_types, values)) {
        found[places.at(number_in(row, 1))].events.push_back(challenge_event_in(row));
    }
    return found;
}

void add_challenge(Session& session, std::int64_t number, const NewChallenge& what) {
    const ChallengedRecord none;
    const ChallengedRecord& record = what.record ? *what.record : none;
    session.insert(
        "challenge", challenge_columns,
        std::vector<SqlRow>{{number, what.practice.text(), what.account.text(), to_text(what.month),
                             what.provider.text(), std::string(to_text(what.reason)), what.note,
                             what.record ? std::string(short_name(record.set)) : std::string(),
                             record.batch, record.line, record.record_id, record.what,
                             to_text(record.began), to_text(record.ended), what.rule, what.beside,
                             what.beside_provider.text(), digest_of(what)}});
    std::vector<SqlRow> amounts;
    for (const ChallengedAmount& part : what.amounts) {
        amounts.push_back({number, static_cast<std::int64_t>(amounts.size()), code_of(part.line),
                           part.treatment_function.text(), part.amount.count()});
    }
    session.insert("challenge_amount", "challenge, place, line, treatment_function, pence",
                   amounts);
}

void add_event(Session& session, const ChallengeEvent& event) {
    session.insert(
        "challenge_event", challenge_event_columns,
        std::vector<SqlRow>{{event.number, event.challenge, std::string(to_text(event.step)),
                             std::string(to_text(event.role)), event.author, event.at, event.says,
                             event.amount.count(), event.borne_by,
                             event.falls_on ? to_text(*event.falls_on) : std::string(),
                             event.subject, event.previous, event.hash}});
}

void add_corrections(Session& session, const std::vector<Correction>& corrections) {
    std::vector<SqlRow> rows;
    for (const Correction& one : corrections) {
        rows.push_back({one.event, static_cast<std::int64_t>(rows.size()), one.challenge,
                        one.account.text(), code_of(one.line), one.treatment_function.text(),
                        to_text(one.falls_on), one.credit.count(), one.borne_by});
    }
    session.insert("challenge_correction", correction_columns, rows);
}

std::optional<Month> last_closed(Session& session) {
    const auto row =
        session.row("select month from closing order by month desc, sequence desc limit 1", "t");
    return row ? std::optional(stored(parse_month(text_in(*row, 0)))) : std::nullopt;
}

// One challenge of a record at a time, and none of what was credited already.
Outcome not_marked_already(Session& session, const NewChallenge& what) {
    if (!what.record) return Nothing{};
    for (const Challenge& other : challenges_where(
             session, "where data_set = ? and provider = ? and record_id = ? and practice = ?",
             {std::string(short_name(what.record->set)), what.provider.text(),
              what.record->record_id, what.practice.text()})) {
        const ChallengeState state = other.position().state;
        if (!is_open(state) && state != ChallengeState::upheld) continue;
        return conflict("record '" + what.record->record_id + "' is in challenge " +
                        std::to_string(other.number) + " already, which " +
                        (is_open(state) ? "is open" : "was upheld"));
    }
    return Nothing{};
}

Outcome is_sound(const NewChallenge& what) {
    if (what.practice.empty() || what.amounts.empty()) {
        return bad_input("a challenge names its practice and what is disputed");
    }
    for (const ChallengedAmount& part : what.amounts) {
        if (part.amount <= Pence(0)) {
            return bad_input("nothing is disputed: what costs nothing needs no challenge");
        }
    }
    return Nothing{};
}

// Hashes are of what is kept.
NewChallenge as_kept(NewChallenge what) {
    for (std::string* text : {&what.note, &what.rule, &what.beside}) *text = storable(*text);
    if (what.record) {
        what.record->record_id = storable(what.record->record_id);
        what.record->what = storable(what.record->what);
    }
    return what;
}
ChallengeAct as_kept(ChallengeAct act) {
    for (std::string* text : {&act.author, &act.at, &act.says, &act.borne_by}) {
        *text = storable(*text);
    }
    return act;
}

void tell_trail(Session& session, const Actor& actor, const Challenge& challenge,
                const ChallengeEvent& event) {
    add_to_trail(
        session, actor,
        {std::string(action_name(event.step)), challenge.what.practice.text(),
         "challenge " + std::to_string(challenge.number) + ", " + std::string(to_text(event.step)) +
             ", event " + std::to_string(event.number) + " by " + event.author},
        event.at);
}

Result<Challenge> mark(Session& session, const Actor& actor, const NewChallenge& given,
                       const ChallengeAct& wanted) {
    const NewChallenge what = as_kept(given);
    if (const auto fine = not_marked_already(session, what); !fine) return fine.problem();
    Challenge challenge{next_number(session, "challenge"), what, {}};
    ChallengeAct act = as_kept(wanted);
    act.step = ChallengeStep::mark;
    act.challenge = challenge.number;
    act.amount = what.disputed();
    act.subject = digest_of(what);
    auto event = next_event({}, act, next_number(session, "challenge_event"));
    if (!event) return event.problem();
    add_challenge(session, challenge.number, what);
    add_event(session, *event);
    tell_trail(session, actor, challenge, *event);
    challenge.events.push_back(std::move(*event));
    return challenge;
}

Result<ChallengeEvent> take_step(Session& session, const Actor& actor, const ChallengeAct& wanted) {
    const auto found = challenges_where(session, "where number = ?", {wanted.challenge});
    if (found.empty()) {
        return not_found("there is no challenge " + std::to_string(wanted.challenge));
    }
    ChallengeAct act = as_kept(wanted);
    act.closed = last_closed(session);
    auto event = next_event(found[0].events, act, next_number(session, "challenge_event"));
    if (!event) return event;
    add_event(session, *event);
    if (event->step == ChallengeStep::uphold) {
        add_corrections(session, corrections_of(found[0].what, *event));
    }
    tell_trail(session, actor, found[0], *event);
    return event;
}

}  // namespace

Pence NewChallenge::disputed() const {
    Pence sum;
    for (const ChallengedAmount& part : amounts) sum += part.amount;
    return sum;
}

std::string digest_of(const NewChallenge& what) {
    std::string text = digested_field(what.practice.text()) + digested_field(what.account.text()) +
                       digested_field(to_text(what.month)) + digested_field(what.provider.text()) +
                       digested_field(to_text(what.reason)) + digested_field(what.note) +
                       text_of(what.record) + digested_field(what.rule) +
                       digested_field(what.beside) + digested_field(what.beside_provider.text());
    for (const ChallengedAmount& part : what.amounts) {
        text += digested_field(code_of(part.line)) +
                digested_field(part.treatment_function.text()) +
                digested_field(part.amount.count());
    }
    return digest_of(std::string_view(text));
}

std::vector<Correction> corrections_of(const NewChallenge& what, const ChallengeEvent& upheld) {
    CHECK(upheld.step == ChallengeStep::uphold && upheld.falls_on);
    std::vector<std::int64_t> weights;
    for (const ChallengedAmount& part : what.amounts) weights.push_back(part.amount.count());
    const auto shares = shared_out(upheld.amount, weights);
    std::vector<Correction> corrections;
    for (std::size_t i = 0; i < what.amounts.size(); ++i) {
        if (shares[i] == Pence(0)) continue;
        corrections.push_back({upheld.challenge, upheld.number, what.account, what.amounts[i].line,
                               what.amounts[i].treatment_function, *upheld.falls_on, shares[i],
                               upheld.borne_by});
    }
    return corrections;
}

Result<Challenge> Register::record_challenge(const NewChallenge& what, const ChallengeAct& act) {
    if (const auto sound = is_sound(what); !sound) return sound.problem();
    return state_->store.write("record a challenge",
                               [&](Session& session) { return mark(session, actor_, what, act); });
}

Result<ChallengeEvent> Register::record_challenge_event(const ChallengeAct& act) {
    return state_->store.write("record a step of a challenge",
                               [&](Session& session) { return take_step(session, actor_, act); });
}

Result<std::vector<ChallengeEvent>> Register::record_challenge_events(
    std::span<const ChallengeAct> acts) {
    return state_->store.write("record steps of challenges",
                               [&](Session& session) -> Result<std::vector<ChallengeEvent>> {
                                   std::vector<ChallengeEvent> events;
                                   for (const ChallengeAct& act : acts) {
                                       auto event = take_step(session, actor_, act);
                                       if (!event) return event.problem();
                                       events.push_back(std::move(*event));
                                   }
                                   return events;
                               });
}

std::vector<Challenge> Register::challenges() const {
    return state_->store.read("read challenges",
                              [](Session& session) { return challenges_where(session, ""); });
}

std::vector<Challenge> Register::challenges(PracticeCode practice) const {
    return state_->store.read("read challenges", [&](Session& session) {
        return challenges_where(session, "where practice = ?", {practice.text()});
    });
}

Result<Challenge> Register::challenge(std::int64_t number) const {
    auto found = state_->store.read("read a challenge", [&](Session& session) {
        return challenges_where(session, "where number = ?", {number});
    });
    if (found.empty()) return not_found("there is no challenge " + std::to_string(number));
    return std::move(found.front());
}

std::vector<Correction> Register::corrections() const {
    return state_->store.read("read corrections", [](Session& session) {
        std::vector<Correction> found;
        for (const SqlRow& row :
             session.rows("select " + std::string(correction_columns) +
                              " from challenge_correction order by event, place",
                          "nnnttttnt")) {
            found.push_back(
                {number_in(row, 2), number_in(row, 0), Account(text_in(row, 3)),
                 stored(parse_budget_line(text_in(row, 4))), TreatmentFunction(text_in(row, 5)),
                 stored(parse_month(text_in(row, 6))), Pence(number_in(row, 7)), text_in(row, 8)});
        }
        return found;
    });
}

void Register::dismiss_finding(PracticeCode practice, const std::string& finding,
                               const std::string& author, const std::string& at) {
    state_->store.write("dismiss a likely error", [&](Session& session) {
        const SqlRow key = {practice.text(), storable(finding)};
        if (session.number("select count(*) from dismissed_finding where practice = ? and"
                           " finding = ?",
                           key) > 0) {
            return;
        }
        session.insert("dismissed_finding", "practice, finding, dismissed_at, author",
                       std::vector<SqlRow>{{key[0], key[1], storable(at), storable(author)}});
        add_to_trail(session, actor_,
                     {"query_record", practice.text(), "dismissed the finding " + finding}, at);
    });
}

std::set<std::string> Register::dismissed_findings(PracticeCode practice) const {
    return state_->store.read("read dismissed findings", [&](Session& session) {
        std::set<std::string> found;
        for (const SqlRow& row :
             session.rows("select finding from dismissed_finding where practice = ?", "t",
                          {practice.text()})) {
            found.insert(text_in(row, 0));
        }
        return found;
    });
}

}  // namespace purse
