#include "api/dialogue_pages.hpp"

#include <boost/json.hpp>

#include "api/figure_pages.hpp"
#include "api/workings.hpp"
#include "budget/indicative.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string_view name_of_side(DialogueSide side) {
    switch (side) {
        case DialogueSide::practice:
            return "practice";
        case DialogueSide::commissioner:
            return "commissioner";
        case DialogueSide::arbiter:
            return "arbiter";
        case DialogueSide::reader:
            return "reader";
    }
    return "reader";
}

json::object turn_object(const DialogueTurn& turn) {
    json::object object{{"side", name_of_side(turn.side)},
                        {"who", nullptr},
                        {"what", nullptr},
                        {"by", nullptr},
                        {"days_left", nullptr},
                        {"late", turn.late()},
                        {"says", in_words(turn)}};
    if (!turn.somebody_acts()) return object;
    object["who"] = in_words(turn.side);
    object["what"] = turn.what;
    object["by"] = to_text(turn.by);
    object["days_left"] = turn.days_left;
    return object;
}

json::object dates_object(const DialogueDates& dates) {
    return {{"data_by", to_text(dates.data_by)},
            {"offer_by", to_text(dates.offer_by)},
            {"agreed_by", to_text(dates.agreed_by)},
            {"ruled_by", to_text(dates.ruled_by)}};
}

json::value net_of(const DialogueStanding& standing) {
    return standing.net ? json::value(standing.net->count()) : json::value(nullptr);
}

json::object standing_object(const DialogueStanding& standing) {
    return {{"practice", standing.practice.text()},
            {"name", standing.name},
            {"state", to_text(standing.position.state)},
            {"state_in_words", in_words(standing.position.state)},
            {"version", standing.position.version},
            {"offers", standing.position.offers},
            {"draft", standing.draft},
            {"on_table", standing.position.on_table},
            {"net_pence", net_of(standing)},
            {"last_at", standing.last_at},
            {"must_act", turn_object(standing.turn)}};
}

json::object dialogue_event_object(const DialogueEvent& event) {
    return {{"number", event.number},
            {"practice", event.practice.text()},
            {"year", to_text(event.year)},
            {"version", event.version},
            {"step", to_text(event.step)},
            {"step_in_words", in_words(event.step)},
            {"role", to_text(event.role)},
            {"role_in_words", in_words(event.role)},
            {"side", name_of_side(side_of(event.role))},
            {"author", event.author},
            {"at", event.at},
            {"says", event.says},
            {"draft", event.draft},
            {"on_table", event.on_table},
            {"previous", event.previous},
            {"hash", event.hash}};
}

json::object amount_object(const DraftAmount& amount) {
    const BudgetLineName& line = name_of(amount.line);
    return {{"line", line.code},
            {"label", line.name},
            {"gross_pence", amount.gross.count()},
            {"risk_pool_pence", amount.risk_pool.count()},
            {"management_pence", amount.management.count()},
            {"net_pence", amount.net.count()}};
}

json::object draft_object(const DraftSum& sum) {
    return {{"number", sum.draft.number.value},
            {"name", sum.draft.name},
            {"scheme", sum.draft.scheme},
            {"made_at", sum.draft.made_at},
            {"made_by", sum.draft.made_by},
            {"note", sum.draft.note},
            {"digest", sum.draft.digest},
            {"allocation_pence", sum.total.allocation.count()},
            {"net_pence", sum.net.count()},
            {"risk_pool_pence", sum.total.risk_pool.count()},
            {"management_pence", sum.total.management.count()},
            {"reserve_pence", sum.total.reserve.count()},
            {"blocked_back_pence", sum.total.blocked_back.count()}};
}

json::value explained(const Working& working) { return json::parse(working_page(working)); }

void put_net_working(json::object& object, const DialogueStanding& standing,
                     const std::vector<DraftAmount>& amounts) {
    if (!standing.net) return;
    const Working working =
        net_working(standing.name + ": net budget by the draft '" + standing.draft + "'", amounts);
    CHECK(working.result == *standing.net);
    object["working"] = explained(working);
}

}  // namespace

std::string budget_state_json(const DialogueStanding& standing) {
    return json::serialize(json::object{{"state", to_text(standing.position.state)},
                                        {"state_in_words", in_words(standing.position.state)},
                                        {"draft", standing.draft},
                                        {"net_pence", net_of(standing)},
                                        {"must_act", turn_object(standing.turn)}});
}

std::string event_page(const DialogueEvent& event) {
    return json::serialize(dialogue_event_object(event));
}

std::string steps_taken_page(const StepsTaken& steps) {
    return json::serialize(json::object{
        {"taken", array_of(steps.taken, dialogue_event_object)},
        {"left_out", array_of(steps.left_out, [](const LeftOutPractice& practice) {
             return json::object{{"practice", practice.practice.text()}, {"why", practice.why}};
         })}});
}

std::string dialogue_page(const DialogueHistory& history, const std::vector<DialogueStep>& i_may,
                          bool explain) {
    json::object page = standing_object(history.standing);
    page["dates"] = dates_object(history.standing.dates);
    page["amounts"] = array_of(history.amounts, [&](const DraftAmount& amount) {
        json::object object = amount_object(amount);
        if (explain) object["working"] = explained(amount_working(amount));
        return object;
    });
    if (explain) put_net_working(page, history.standing, history.amounts);
    page["events"] = array_of(history.events, dialogue_event_object);
    page["i_may"] = array_of(i_may, [](DialogueStep step) { return json::value(to_text(step)); });
    page["last_event"] = last_event_of(history.standing.position);
    page["indicative"] = indicative_budget_sentence;
    return json::serialize(page);
}

std::string budget_year_page(const DialogueStatus& status, const AmountsOnTable& amounts) {
    json::object counts;
    for (const DialogueState state : dialogue_states()) counts[to_text(state)] = status.at(state);
    return json::serialize(json::object{
        {"year", to_text(status.year)},
        {"today", to_text(status.today)},
        {"scheme", status.scheme},
        {"dates", dates_object(status.dates)},
        {"counts", std::move(counts)},
        {"late", status.late()},
        {"practices", array_of(status.practices,
                               [&](const DialogueStanding& standing) {
                                   json::object object = standing_object(standing);
                                   const auto found = amounts.find(standing.practice);
                                   if (found != amounts.end()) {
                                       put_net_working(object, standing, found->second);
                                   }
                                   return object;
                               })},
        {"notes", array_of(status.notes, [](const auto& note) { return json::value(note); })},
        {"indicative", indicative_budget_sentence}});
}

DraftSum sum_of(const Draft& draft, const std::vector<DraftAmount>& amounts,
                const std::vector<DraftTotal>& totals) {
    DraftSum sum{draft, {}, {}};
    for (const DraftAmount& amount : amounts) sum.net += amount.net;
    for (const DraftTotal& total : totals) {
        sum.total.allocation += total.allocation;
        sum.total.risk_pool += total.risk_pool;
        sum.total.management += total.management;
        sum.total.reserve += total.reserve;
        sum.total.blocked_back += total.blocked_back;
    }
    return sum;
}

std::string draft_json(const DraftSum& sum) { return json::serialize(draft_object(sum)); }

std::string drafts_page(const std::vector<DraftSum>& drafts) {
    return json::serialize(json::object{{"items", array_of(drafts, draft_object)}});
}

std::string last_event_of(const DialoguePosition& position) {
    return position.last.empty() ? "none" : position.last;
}

}  // namespace purse
