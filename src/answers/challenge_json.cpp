#include "answers/challenge_json.hpp"

#include <boost/json.hpp>

#include "render/challenged.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::value number_or_null(const auto& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

std::string_view name_of_side(ChallengeSide side) {
    constexpr std::array<std::string_view, 4> names = {"practice", "commissioner", "provider",
                                                       "nobody"};
    return names.at(static_cast<std::size_t>(side));
}

json::object turn_object(const ChallengeTurn& turn) {
    const bool somebody = turn.side != ChallengeSide::nobody;
    return {{"side", name_of_side(turn.side)},
            {"by", somebody ? json::value(to_text(turn.by)) : json::value(nullptr)},
            {"working_days_left", somebody ? json::value(turn.days_left) : json::value(nullptr)},
            {"late", turn.late()},
            {"says", in_words(turn)}};
}

json::value record_object(const std::optional<ChallengedRecord>& record) {
    if (!record) return nullptr;
    return json::object{{"data_set", short_name(record->set)},
                        {"data_set_in_words", in_words(record->set)},
                        {"record_id", record->record_id},
                        {"what", record->what},
                        {"began", to_text(record->began)},
                        {"ended", to_text(record->ended)},
                        {"batch", record->batch},
                        {"line", record->line}};
}

json::object amount_object(const ChallengedAmount& part) {
    return {{"line", name_of(part.line).code},
            {"label", name_of(part.line).name},
            {"pence", part.amount.count()}};
}

json::object standing_object(const ChallengeStanding& standing) {
    const NewChallenge& what = standing.challenge.what;
    const ChallengePosition& position = standing.position;
    json::object object{{"number", standing.challenge.number},
                        {"practice", what.practice.text()},
                        {"practice_name", standing.practice_name},
                        {"provider", what.provider.text()},
                        {"provider_name", standing.provider_name},
                        {"month", to_text(what.month)},
                        {"reason", to_text(what.reason)},
                        {"reason_in_words", in_words(what.reason)},
                        {"note", what.note},
                        {"rule", what.rule},
                        {"beside", what.beside},
                        {"state", to_text(position.state)},
                        {"state_in_words", in_words(position.state)}};
    object["marked_on"] = position.marked ? json::value(to_text(*position.marked)) : nullptr;
    object["ended_on"] = position.ended ? json::value(to_text(*position.ended)) : nullptr;
    object["disputed_pence"] = position.disputed.count();
    object["accepted_pence"] =
        position.accepted ? json::value(position.accepted->count()) : json::value(nullptr);
    object["credit_pence"] = position.credit.count();
    object["borne_by"] = position.borne_by;
    object["falls_on"] = position.falls_on ? json::value(to_text(*position.falls_on)) : nullptr;
    object["record"] = record_object(what.record);
    object["amounts"] = array_of(what.amounts, amount_object);
    object["must_act"] = turn_object(standing.turn);
    return object;
}

json::object challenge_event_object(const ChallengeEvent& event) {
    return {{"number", event.number},
            {"challenge", event.challenge},
            {"step", to_text(event.step)},
            {"step_in_words", in_words(event.step)},
            {"role", to_text(event.role)},
            {"role_in_words", in_words(event.role)},
            {"author", event.author},
            {"at", event.at},
            {"says", event.says},
            {"amount_pence", event.amount.count()},
            {"borne_by", event.borne_by},
            {"falls_on", event.falls_on ? json::value(to_text(*event.falls_on)) : nullptr},
            {"hash", event.hash}};
}

json::object finding_object(const ChallengeFinding& finding) {
    const LikelyError& error = finding.error;
    return {{"key", finding.key},
            {"rule", to_text(error.kind)},
            {"title", finding.title},
            {"says", finding.says},
            {"reason", to_text(finding.reason)},
            {"reason_in_words", in_words(finding.reason)},
            {"data_set", short_name(error.set)},
            {"record_id", error.record_id},
            {"provider", error.provider.text()},
            {"account", error.account.text()},
            {"month", to_text(error.month)},
            {"line", name_of(error.line).code},
            {"what", error.what},
            {"began", to_text(error.began)},
            {"ended", to_text(error.ended)},
            {"price_pence", error.price.count()},
            {"at_stake_pence", error.at_stake.count()},
            {"beside", error.beside},
            {"beside_provider", error.beside_provider.text()}};
}

json::object coding_object(const CodingFinding& finding) {
    return {{"key", finding.key},
            {"title", finding.title},
            {"says", finding.says},
            {"reason", to_text(finding.reason)},
            {"provider", finding.shift.provider.text()},
            {"hrg_root", finding.shift.root},
            {"since", to_text(finding.shift.since)},
            {"at_stake_pence", finding.shift.at_stake.count()},
            {"own_stake_pence", finding.own_stake.count()}};
}

json::object sums_object(const ChallengeSums& sums) {
    return {{"disputed_month_pence", sums.disputed_month.count()},
            {"disputed_to_date_pence", sums.disputed_to_date.count()},
            {"corrected_month_pence", sums.corrected_month.count()},
            {"corrected_to_date_pence", sums.corrected_to_date.count()}};
}

json::object figure_object(const ChallengeFigure& figure) {
    json::object object = sums_object(figure.sums);
    object["account"] = figure.account.text();
    object["line"] = name_of(figure.line).code;
    object["treatment_function"] = figure.treatment_function.text();
    return object;
}

json::object correction_object(const CorrectionRow& row) {
    return {{"challenge", row.challenge},
            {"label", row.label},
            {"reason", row.reason},
            {"about", row.about},
            {"falls_on", to_text(row.falls_on)},
            {"amount_pence", row.amount.count()}};
}

json::object return_object(const ReturnRow& row) {
    return {{"code", row.code},
            {"name", row.name},
            {"marked", row.marked},
            {"open", row.open},
            {"late", row.late},
            {"upheld", row.upheld},
            {"rejected", row.rejected},
            {"withdrawn", row.withdrawn},
            {"disputed_pence", row.disputed.count()},
            {"decided_pence", row.decided.count()},
            {"recovered_pence", row.recovered.count()},
            {"recovered_per_thousand", number_or_null(row.per_thousand())},
            {"median_days", number_or_null(row.median_days)},
            {"longest_days", number_or_null(row.longest_days)}};
}

json::object refused_object(const RefusedAnswer& one) {
    return {{"line", one.line},
            {"column", one.column},
            {"value", one.value},
            {"reason", one.reason},
            {"remedy", one.remedy}};
}

}  // namespace

std::string as_json(const std::vector<ChallengeStanding>& standings) {
    return json::serialize(json::object{{"items", array_of(standings, standing_object)}});
}

namespace {

json::object with_history(const ChallengeStanding& standing) {
    json::object object = standing_object(standing);
    object["events"] = array_of(standing.challenge.events, challenge_event_object);
    object["last_event"] = standing.position.last;
    return object;
}

}  // namespace

std::string as_json(const ChallengeStanding& standing) {
    return json::serialize(with_history(standing));
}

std::string as_json(const ChallengeStanding& standing, const std::vector<ChallengeStep>& i_may) {
    json::object object = with_history(standing);
    object["i_may"] = array_of(i_may, [](ChallengeStep step) { return to_text(step); });
    return json::serialize(object);
}

std::string as_json(const ChallengeEvent& event) {
    return json::serialize(challenge_event_object(event));
}

std::string as_json(const ChallengeFindings& findings) {
    return json::serialize(json::object{{"month", to_text(findings.month)},
                                        {"records", array_of(findings.records, finding_object)},
                                        {"coding", array_of(findings.coding, coding_object)},
                                        {"at_stake_pence", findings.at_stake.count()},
                                        {"dismissed", findings.dismissed},
                                        {"challenged", findings.challenged}});
}

std::string as_json(const ChallengedMonth& month) {
    return json::serialize(json::object{{"month", to_text(month.month)},
                                        {"as_at", to_text(month.as_at)},
                                        {"figures", array_of(month.figures, figure_object)},
                                        {"total", sums_object(month.total())}});
}

std::string challenges_json(const Statement& statement) {
    json::object object{{"code", statement.code},
                        {"month", to_text(statement.month)},
                        {"as_at", to_text(*statement.challenged_as_at)},
                        {"reported_month_pence", statement.total.month.cost.count()},
                        {"reported_to_date_pence", statement.total.year_to_date.cost.count()}};
    object["rows"] = array_of(statement.challenged, challenged_object);
    object["total"] = statement.challenged_total
                          ? json::value(challenged_object(*statement.challenged_total))
                          : json::value(nullptr);
    object["corrections"] = array_of(statement.corrections, correction_object);
    object["to_come_pence"] = statement.corrections_to_come.count();
    return json::serialize(object);
}

std::string as_json(const ReturnReport& report) {
    return json::serialize(json::object{{"today", to_text(report.today)},
                                        {"practices", array_of(report.practices, return_object)},
                                        {"providers", array_of(report.providers, return_object)},
                                        {"reasons", array_of(report.reasons, return_object)},
                                        {"total", return_object(report.total)}});
}

std::string as_json(const ProviderAnswersTaken& taken) {
    return json::serialize(json::object{{"taken", array_of(taken.taken, challenge_event_object)},
                                        {"unchanged", taken.unchanged},
                                        {"refused", array_of(taken.refused, refused_object)}});
}

}  // namespace purse
