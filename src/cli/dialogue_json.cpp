#include <boost/json.hpp>

#include "budget/indicative.hpp"
#include "cli/dialogue_output.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::object object_of(const DialogueEvent& event) {
    return {{"number", event.number},      {"practice", event.practice.text()},
            {"year", to_text(event.year)}, {"version", event.version},
            {"step", to_text(event.step)}, {"role", to_text(event.role)},
            {"author", event.author},      {"at", event.at},
            {"says", event.says},          {"draft", event.draft},
            {"on_table", event.on_table},  {"previous", event.previous},
            {"hash", event.hash}};
}

json::object object_of(const DialogueTurn& turn) {
    if (!turn.somebody_acts()) {
        return {{"who", nullptr},
                {"what", nullptr},
                {"by", nullptr},
                {"days_left", nullptr},
                {"late", false}};
    }
    return {{"who", in_words(turn.side).substr(4)},  // "the practice"
            {"what", turn.what},
            {"by", to_text(turn.by)},
            {"days_left", turn.days_left},
            {"late", turn.late()}};
}

json::object object_of(const DialogueDates& dates) {
    return {{"data_by", to_text(dates.data_by)},
            {"offer_by", to_text(dates.offer_by)},
            {"agreed_by", to_text(dates.agreed_by)},
            {"ruled_by", to_text(dates.ruled_by)}};
}

json::object object_of(const DialogueStanding& standing) {
    json::object one{{"practice", standing.practice.text()},
                     {"name", standing.name},
                     {"state", to_text(standing.position.state)},
                     {"version", standing.position.version},
                     {"offers", standing.position.offers},
                     {"draft", standing.draft},
                     {"on_table", standing.position.on_table},
                     {"net_pounds", nullptr},
                     {"last_at", standing.last_at},
                     {"must_act", object_of(standing.turn)}};
    if (standing.net) one["net_pounds"] = plain_pounds(*standing.net);
    return one;
}

json::object object_of(const DraftAmount& amount) {
    return {{"line", name_of(amount.line).code},
            {"gross_pounds", plain_pounds(amount.gross)},
            {"risk_pool_pounds", plain_pounds(amount.risk_pool)},
            {"management_pounds", plain_pounds(amount.management)},
            {"net_pounds", plain_pounds(amount.net)}};
}

template <class Items>
json::array objects_of(const Items& items) {
    json::array array;
    for (const auto& item : items) array.emplace_back(object_of(item));
    return array;
}

std::string indicative_line(json::object object) {
    object["indicative"] = indicative_budget_sentence;
    return json_line(object);
}

}  // namespace

std::string as_json(const DialogueEvent& event) { return indicative_line(object_of(event)); }

std::string as_json(const StepsTaken& steps) {
    json::array left_out;
    for (const LeftOutPractice& practice : steps.left_out) {
        left_out.emplace_back(
            json::object{{"practice", practice.practice.text()}, {"why", practice.why}});
    }
    return indicative_line({{"taken", objects_of(steps.taken)}, {"left_out", std::move(left_out)}});
}

std::string as_json(const DialogueHistory& history) {
    json::object object = object_of(history.standing);
    object["dates"] = object_of(history.standing.dates);
    object["amounts"] = objects_of(history.amounts);
    object["events"] = objects_of(history.events);
    return indicative_line(std::move(object));
}

std::string as_json(const DialogueStatus& status) {
    json::object counts;
    for (const DialogueState state : dialogue_states()) counts[to_text(state)] = status.at(state);
    json::array notes;
    for (const std::string& note : status.notes) notes.emplace_back(note);
    return indicative_line({{"year", to_text(status.year)},
                            {"today", to_text(status.today)},
                            {"scheme", status.scheme},
                            {"dates", object_of(status.dates)},
                            {"counts", std::move(counts)},
                            {"late", status.late()},
                            {"practices", objects_of(status.practices)},
                            {"notes", std::move(notes)}});
}

}  // namespace purse
