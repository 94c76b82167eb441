// The dialogues about budgets: every event is checked and chained inside the transaction that
// keeps it, and what is agreed or ruled goes in force with it.
#include <algorithm>
#include <map>

#include "governance/dialogue_event.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view dialogue_event_columns =
    "number, practice, year, version, step, role, author, happened_at, says, draft_digest,"
    " on_table, previous, digest";
constexpr std::string_view dialogue_event_types = "ntnnttttttttt";

DialogueEvent dialogue_event_in(const SqlRow& row) {
    return {.number = number_in(row, 0),
            .practice = PracticeCode(text_in(row, 1)),
            .year = FinancialYear(static_cast<int>(number_in(row, 2))),
            .version = static_cast<int>(number_in(row, 3)),
            .step = stored(parse_dialogue_step(text_in(row, 4))),
            .role = stored(parse_role(text_in(row, 5))),
            .author = text_in(row, 6),
            .at = text_in(row, 7),
            .says = text_in(row, 8),
            .draft = text_in(row, 9),
            .on_table = text_in(row, 10),
            .previous = text_in(row, 11),
            .hash = text_in(row, 12)};
}

std::vector<DialogueEvent> events_where(Session& session, std::string_view rest,
                                        const SqlRow& values = {}) {
    std::vector<DialogueEvent> found;
    for (const SqlRow& row : session.rows("select " + std::string(dialogue_event_columns) +
                                              " from dialogue_event " + std::string(rest),
                                          dialogue_event_types, values)) {
        found.push_back(dialogue_event_in(row));
    }
    return found;
}

std::vector<DialogueEvent> events_of(Session& session, PracticeCode practice, FinancialYear year) {
    // Ordered here: asked for an order, SQLite walks the whole year for it.
    auto events = events_where(session, "where practice = ? and year = ?",
                               {practice.text(), std::int64_t{year.starts()}});
    std::ranges::sort(events, {}, &DialogueEvent::number);
    return events;
}

void add_event(Session& session, const DialogueEvent& event) {
    session.insert(
        "dialogue_event", dialogue_event_columns,
        std::vector<SqlRow>{{event.number, event.practice.text(), std::int64_t{event.year.starts()},
                             std::int64_t{event.version}, std::string(to_text(event.step)),
                             std::string(to_text(event.role)), event.author, event.at, event.says,
                             event.draft, event.on_table, event.previous, event.hash}});
}

struct OnTheTable {
    Draft draft;
    std::vector<DraftAmount> amounts;
};

// What an event says is on the table, as the register holds it now.
Result<OnTheTable> on_the_table(Session& session, const DialogueEvent& event) {
    const auto draft = draft_with(session, event.draft);
    if (!draft) return not_found("the draft that the step names is not in the register");
    if (draft->year != event.year) {
        return bad_input("the draft '" + draft->name + "' is of " + to_text(draft->year) +
                         ", the dialogue of " + to_text(event.year));
    }
    auto amounts = amounts_of(session, draft->number, event.practice);
    if (amounts.empty()) {
        return not_found("the draft '" + draft->name + "' has nothing for " +
                         event.practice.text());
    }
    if (offer_digest(draft->derivation.checksum, amounts) != event.on_table) {
        return conflict("the amounts of " + event.practice.text() + " in the draft '" +
                        draft->name + "' are not those of the offer " +
                        event.on_table.substr(0, 12) + ": run 'purse verify'");
    }
    return OnTheTable{*draft, std::move(amounts)};
}

bool comes_in_force(DialogueStep step) {
    return step == DialogueStep::agree || step == DialogueStep::rule;
}

// The agreement is to the budgets what an imported file is: where its rows came from.
NewImport source_of(const DialogueEvent& event, const OnTheTable& table) {
    return {.kind = ImportKind::dialogue,
            .about = event.practice.text() + " " + to_text(event.year) + " version " +
                     std::to_string(event.version),
            .file_name = table.draft.name,
            .digest = event.hash,
            .rows = static_cast<std::int64_t>(table.amounts.size()),
            .imported_at = event.at};
}

// What all agreements and rulings of the year give practices on a line, and what the draft does.
constexpr std::string_view agreed_beside_draft =
    "select agreed.line, cast(agreed.pence as bigint), cast(draft.pence as bigint) from"
    " (select budget.line as line, sum(budget.annual_pence) as pence from budget"
    "  join imported_file on imported_file.number = budget.file"
    "  where budget.year = ? and budget.superseded_by is null and imported_file.kind = ?"
    "  group by budget.line) as agreed"
    " left join (select line, sum(net_pence) as pence from draft_amount where draft = ?"
    "  group by line) as draft on draft.line = agreed.line"
    " where agreed.pence > coalesce(draft.pence, 0) order by agreed.line";

// Practices that agreed to different drafts may not have more together than the commissioner gives.
Outcome check_within_allocation(Session& session, const DialogueEvent& event,
                                const OnTheTable& table) {
    const auto over =
        session.rows(agreed_beside_draft, "tnn",
                     {std::int64_t{event.year.starts()}, std::string(to_text(ImportKind::dialogue)),
                      table.draft.number.value});
    if (over.empty()) return Nothing{};
    const SqlRow& row = over.front();
    return conflict("with this, agreed budgets of " + to_text(event.year) + " come to " +
                    in_pounds(Pence(number_in(row, 1))) + " on the line '" + text_in(row, 0) +
                    "', and the draft '" + table.draft.name + "' has " +
                    in_pounds(Pence(number_in(row, 2))) +
                    " for all practices: offer every practice its amounts of one draft");
}

Outcome put_in_force(Session& session, const DialogueEvent& event, const OnTheTable& table) {
    const ImportedFile source = add_import(session, source_of(event, table));
    std::vector<BudgetRow> rows;
    for (const DraftAmount& amount : table.amounts) {
        rows.push_back({event.practice, event.year, amount.line, amount.net, {}});
    }
    replace_budget(session, event.practice, event.year, rows, source.number);
    return check_within_allocation(session, event, table);
}

// Hashes are of what is kept.
DialogueAct as_kept(DialogueAct act) {
    for (std::string* text : {&act.author, &act.at, &act.says, &act.draft, &act.on_table}) {
        *text = storable(*text);
    }
    return act;
}

Result<DialogueEvent> take_step(Session& session, const Actor& actor, const DialogueAct& wanted) {
    const DialogueAct act = as_kept(wanted);
    auto event = next_event(events_of(session, act.practice, act.year), act,
                            next_number(session, "dialogue_event"));
    if (!event) return event;
    if (event->step == DialogueStep::offer || comes_in_force(event->step)) {
        const auto table = on_the_table(session, *event);
        if (!table) return table.problem();
        if (comes_in_force(event->step)) {
            if (auto done = put_in_force(session, *event, *table); !done) return done.problem();
        }
    }
    add_event(session, *event);
    add_to_trail(session, actor,
                 {std::string(action_name(event->step)), event->practice.text(),
                  to_text(event->year) + ", event " + std::to_string(event->number) + " by " +
                      event->author},
                 event->at);
    return event;
}

}  // namespace

Result<DialogueEvent> Register::record_dialogue_event(const DialogueAct& act) {
    return state_->store.write("record a step of a dialogue",
                               [&](Session& session) { return take_step(session, actor_, act); });
}

Result<std::vector<DialogueEvent>> Register::record_dialogue_events(
    std::span<const DialogueAct> acts) {
    return state_->store.write("record steps of dialogues",
                               [&](Session& session) -> Result<std::vector<DialogueEvent>> {
                                   std::vector<DialogueEvent> events;
                                   for (const DialogueAct& act : acts) {
                                       auto event = take_step(session, actor_, act);
                                       if (!event) return event.problem();
                                       events.push_back(std::move(*event));
                                   }
                                   return events;
                               });
}

std::vector<DialogueEvent> Register::dialogue(PracticeCode practice, FinancialYear year) const {
    return state_->store.read("read a dialogue",
                              [&](Session& session) { return events_of(session, practice, year); });
}

std::map<PracticeCode, std::vector<DialogueEvent>> Register::dialogues(FinancialYear year) const {
    return state_->store.read("read its dialogues", [&](Session& session) {
        std::map<PracticeCode, std::vector<DialogueEvent>> all;
        for (DialogueEvent& event : events_where(session, "where year = ? order by number",
                                                 {std::int64_t{year.starts()}})) {
            all[event.practice].push_back(std::move(event));
        }
        return all;
    });
}

std::optional<Draft> Register::last_offered_draft(FinancialYear year) const {
    return state_->store.read("look for an offer", [&](Session& session) -> std::optional<Draft> {
        const auto row = session.row(
            "select draft_digest from dialogue_event where year = ? and draft_digest <> ''"
            " order by number desc limit 1",
            "t", {std::int64_t{year.starts()}});
        return row ? draft_with(session, text_in(*row, 0)) : std::nullopt;
    });
}

std::vector<DialogueEvent> Register::dialogue_events() const {
    return state_->store.read("read its dialogues", [](Session& session) {
        return events_where(session, "order by number");
    });
}

}  // namespace purse
