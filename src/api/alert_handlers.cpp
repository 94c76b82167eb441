#include <boost/json.hpp>

#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "desk/alerts.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::object object_of(const AlertReport::Row& row, bool sees_numbers) {
    const NewAlert& alert = row.kept.alert;
    return {{"number", row.kept.number},
            {"practice", alert.practice.text()},
            {"name", row.practice_name},
            {"measure", alert.measure},
            {"measure_name", row.measure_name},
            {"seen_by", alert.seen_by},
            {"side", alert.side > 0 ? "more" : "fewer"},
            {"since", to_text(alert.since)},
            {"since_in_words", in_words(alert.since)},
            {"says", sees_numbers ? alert.says : row.without_numbers}};
}

Result<HttpResponse> answer(Office& office, const Asked& asked,
                            std::optional<PracticeCode> practice) {
    const auto asked_for = asked.month_asked();
    if (!asked_for) return asked_for.problem();
    const auto opened = office.months.open(office.site, *asked_for);
    if (!opened) return opened.problem();
    const auto report = alerts_of(office.site, (*opened)->month(), practice);
    if (!report) return report.problem();
    const bool sees_numbers = may(office, asked, Action::read_small_counts).ok();
    json::array alerts;
    for (const AlertReport::Row& row : report->rows) alerts.push_back(object_of(row, sees_numbers));
    return with_etag(
        json_response(json::serialize(json::object{{"month", to_text(report->month)},
                                                   {"month_in_words", in_words(report->month)},
                                                   {"alerts", std::move(alerts)}})),
        asked.request);
}

std::string letters_page(Office& office, const Asked& asked) {
    const AccountNumber account = asked.person().account;
    std::string_view how_often = to_text(LetterFrequency::none);
    for (const LetterSetting& one : office.site.decisions().letter_settings()) {
        if (one.account == account) how_often = to_text(one.how_often);
    }
    const auto found = office.site.decisions().find_account(account);
    return json::serialize(
        json::object{{"how_often", how_often}, {"email", found ? found->email : std::string()}});
}

}  // namespace

Result<HttpResponse> list_practice_alerts(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    return answer(office, asked, *practice);
}

Result<HttpResponse> list_alerts(Office& office, const Asked& asked) {
    return answer(office, asked, std::nullopt);
}

Result<HttpResponse> read_alert_letters(Office& office, const Asked& asked) {
    return json_response(letters_page(office, asked));
}

Result<HttpResponse> set_own_alert_letters(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string asked_for = body->text("how_often", 10);
    if (const auto done = body->done(); !done) return done.problem();
    const auto how_often = parse_letter_frequency(asked_for);
    if (!how_often) return how_often.problem();
    Site site = office.site_for(asked);
    const auto set = set_alert_letters(site, asked.person().name, *how_often);
    if (!set) return set.problem();
    return json_response(letters_page(office, asked));
}

}  // namespace purse
