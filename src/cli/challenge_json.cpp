#include <boost/json.hpp>

#include "cli/challenge_output.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::object event_object(const ChallengeEvent& event) {
    return {{"number", event.number},
            {"challenge", event.challenge},
            {"step", to_text(event.step)},
            {"role", to_text(event.role)},
            {"by", event.author},
            {"at", event.at},
            {"says", event.says},
            {"amount_pence", event.amount.count()},
            {"borne_by", event.borne_by},
            {"falls_on", event.falls_on ? json::value(to_text(*event.falls_on)) : nullptr},
            {"hash", event.hash}};
}

json::value record_object(const std::optional<ChallengedRecord>& record) {
    if (!record) return nullptr;
    return json::object{{"data_set", short_name(record->set)},
                        {"record_id", record->record_id},
                        {"what", record->what},
                        {"began", to_text(record->began)},
                        {"ended", to_text(record->ended)},
                        {"batch", record->batch},
                        {"line", record->line}};
}

json::object amount_object(const ChallengedAmount& part) {
    return {{"line", name_of(part.line).code},
            {"treatment_function", part.treatment_function.text()},
            {"pence", part.amount.count()}};
}

json::value turn_object(const ChallengeTurn& turn) {
    if (turn.side == ChallengeSide::nobody) return nullptr;
    return json::object{{"who", in_words(turn.side)},
                        {"what", turn.what},
                        {"by", to_text(turn.by)},
                        {"working_days_left", turn.days_left},
                        {"late", turn.late()}};
}

json::object standing_object(const ChallengeStanding& standing) {
    const NewChallenge& what = standing.challenge.what;
    const ChallengePosition& position = standing.position;
    json::object object{
        {"number", standing.challenge.number},     {"practice", what.practice.text()},
        {"provider", what.provider.text()},        {"month", to_text(what.month)},
        {"reason", to_text(what.reason)},          {"note", what.note},
        {"state", to_text(position.state)},        {"disputed_pence", position.disputed.count()},
        {"credit_pence", position.credit.count()}, {"borne_by", position.borne_by}};
    object["falls_on"] = position.falls_on ? json::value(to_text(*position.falls_on)) : nullptr;
    object["record"] = record_object(what.record);
    object["amounts"] = array_of(what.amounts, amount_object);
    object["rule"] = what.rule;
    object["beside"] = what.beside;
    object["must_act"] = turn_object(standing.turn);
    return object;
}

json::object refused_object(const RefusedAnswer& one) {
    return {{"line", one.line},
            {"column", one.column},
            {"value", one.value},
            {"reason", one.reason},
            {"remedy", one.remedy}};
}

json::value optional_number(const auto& number) {
    return number ? json::value(*number) : json::value(nullptr);
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
            {"recovered_per_thousand", optional_number(row.per_thousand())},
            {"median_days", optional_number(row.median_days)},
            {"longest_days", optional_number(row.longest_days)}};
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

json::object finding_object(const ChallengeFinding& finding) {
    const LikelyError& error = finding.error;
    return {{"key", finding.key},
            {"rule", to_text(error.kind)},
            {"title", finding.title},
            {"says", finding.says},
            {"reason", to_text(finding.reason)},
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

json::object share_object(const CodedShare& share) {
    return {{"coded", share.coded}, {"of", share.of}};
}

json::object coding_object(const CodingFinding& finding) {
    const CodingShift& shift = finding.shift;
    return {{"key", finding.key},
            {"title", finding.title},
            {"says", finding.says},
            {"reason", to_text(finding.reason)},
            {"question", to_text(shift.question)},
            {"provider", shift.provider.text()},
            {"hrg_root", shift.root},
            {"since", to_text(shift.since)},
            {"before", share_object(shift.before)},
            {"after", share_object(shift.after)},
            {"others_before", share_object(shift.others_before)},
            {"others_after", share_object(shift.others_after)},
            {"extra_cases", shift.extra_cases},
            {"at_stake_pence", shift.at_stake.count()},
            {"own_stake_pence", finding.own_stake.count()}};
}

}  // namespace

std::string as_json(const ChallengeStanding& standing) {
    json::object object = standing_object(standing);
    object["events"] = array_of(standing.challenge.events, event_object);
    return json_line(object);
}

std::string as_json(const std::vector<ChallengeStanding>& standings) {
    return json_line({{"challenges", array_of(standings, standing_object)}});
}

std::string as_json(const ChallengeEvent& event) { return json_line(event_object(event)); }

std::string as_json(const ProviderAnswersTaken& taken) {
    return json_line({{"taken", array_of(taken.taken, event_object)},
                      {"unchanged", taken.unchanged},
                      {"refused", array_of(taken.refused, refused_object)}});
}

std::string as_json(const ReturnReport& report) {
    return json_line({{"today", to_text(report.today)},
                      {"practices", array_of(report.practices, return_object)},
                      {"providers", array_of(report.providers, return_object)},
                      {"reasons", array_of(report.reasons, return_object)},
                      {"total", return_object(report.total)}});
}

std::string as_json(const ChallengedMonth& month) {
    return json_line({{"month", to_text(month.month)},
                      {"as_at", to_text(month.as_at)},
                      {"figures", array_of(month.figures, figure_object)},
                      {"total", sums_object(month.total())}});
}

std::string as_json(const ChallengeFindings& findings) {
    return json_line({{"month", to_text(findings.month)},
                      {"records", array_of(findings.records, finding_object)},
                      {"coding", array_of(findings.coding, coding_object)},
                      {"at_stake_pence", findings.at_stake.count()},
                      {"dismissed", findings.dismissed},
                      {"challenged", findings.challenged}});
}

}  // namespace purse
