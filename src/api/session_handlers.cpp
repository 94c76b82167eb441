#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "api/problem_response.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string_view side_in_text(Role role) {
    switch (side_of(role)) {
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

json::object organisation_of(Office& office, const Person& person, Date day) {
    const SiteSettings& settings = office.site.settings();
    if (person.practice.empty()) {
        return {{"code", settings.commissioner.text()},
                {"name", settings.name},
                {"kind", "commissioner"}};
    }
    const auto names = office.directory.names(office.site, day);
    const auto found = names->all_practices.find(person.practice);
    const std::string code = person.practice.text();
    return {{"code", code},
            {"name", found == names->all_practices.end() ? code : found->second},
            {"kind", "practice"}};
}

json::value latest_month(Office& office) {
    const auto closed = office.months.closed(office.site);
    return closed.empty() ? json::value(nullptr) : json::value(to_text(closed.front().month));
}

json::value budget_year(Office& office) {
    const auto drafts = office.site.decisions().drafts();
    std::optional<FinancialYear> newest;
    for (const Draft& draft : drafts) newest = std::max(newest.value_or(draft.year), draft.year);
    return newest ? json::value(to_text(*newest)) : json::value(nullptr);
}

std::string session_page(Office& office, const CurrentSession& session, Date day) {
    const Person& person = session.person;
    json::array rights;
    for (const Action action : actions()) {
        if (office.access.permissions.scope_of(person.role, action)) {
            rights.emplace_back(to_text(action));
        }
    }
    const SiteSettings& settings = office.site.settings();
    return json::serialize(json::object{
        {"name", person.name},
        {"full_name", person.full_name},
        {"role", to_text(person.role)},
        {"role_in_words", in_words(person.role)},
        {"side", side_in_text(person.role)},
        {"organisation", organisation_of(office, person, day)},
        {"may", std::move(rights)},
        {"csrf", session.csrf_token},
        {"expires_at", to_text(session.ends)},
        {"commissioner",
         json::object{{"code", settings.commissioner.text()}, {"name", settings.name}}},
        {"latest_month", latest_month(office)},
        {"budget_year", budget_year(office)},
        {"largest_upload_bytes", office.largest_upload}});
}

HttpResponse signed_out() {
    HttpResponse response = empty_response();
    response.with("Set-Cookie", Accounts::cookie_of_nobody());
    return response;
}

HttpResponse code_needed(const SignInRequest& request, const std::string& id) {
    return problem_response(HttpFault::second_factor,
                            request.code.empty() ? "give the one-time code of your app too"
                                                 : "the one-time code is wrong or was used already",
                            id);
}

}  // namespace

Result<HttpResponse> who_am_i(Office& office, const Asked& asked) {
    return json_response(session_page(office, *asked.session, asked.today()));
}

Result<HttpResponse> sign_in(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    SignInRequest request{body->text("name", 60), body->text("password", 200),
                          body->text("code", 40, false), asked.token};
    if (const auto done = body->done(); !done) return done.problem();
    const auto answer = office.access.accounts.sign_in(request, asked.visit);
    if (!answer) return answer.problem();
    if (!answer->session) return code_needed(request, asked.request.id);
    const auto session = office.access.accounts.session(answer->session->token, asked.visit);
    if (!session) return session.problem();
    HttpResponse response = json_response(session_page(office, *session, asked.today()));
    response.with("Set-Cookie", office.access.accounts.cookie(answer->session->token));
    return response;
}

Result<HttpResponse> sign_out(Office& office, const Asked& asked) {
    office.access.accounts.sign_out(asked.token, asked.visit);
    return signed_out();
}

Result<HttpResponse> change_password(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string old_password = body->text("old_password", 200);
    const std::string new_password = body->text("new_password", 200);
    if (const auto done = body->done(); !done) return done.problem();
    const auto changed = office.access.accounts.change_password(asked.person(), old_password,
                                                                new_password, asked.visit);
    if (!changed) return changed.problem();
    return signed_out();
}

Result<HttpResponse> offer_second_factor(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string password = body->text("password", 200);
    if (const auto done = body->done(); !done) return done.problem();
    const auto offer =
        office.access.accounts.offer_second_factor(asked.person(), password, asked.visit);
    if (!offer) return offer.problem();
    return json_response(
        json::serialize(json::object{{"secret", offer->secret}, {"uri", offer->uri}}));
}

Result<HttpResponse> confirm_second_factor(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string code = body->text("code", 40);
    if (const auto done = body->done(); !done) return done.problem();
    const auto codes =
        office.access.accounts.confirm_second_factor(asked.person(), code, asked.visit);
    if (!codes) return codes.problem();
    json::array shown;
    for (const std::string& one : *codes) shown.emplace_back(one);
    return json_response(json::serialize(json::object{{"recovery_codes", std::move(shown)}}));
}

Result<HttpResponse> remove_second_factor(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string password = body->text("password", 200);
    const std::string code = body->text("code", 40);
    if (const auto done = body->done(); !done) return done.problem();
    const auto removed =
        office.access.accounts.remove_second_factor(asked.person(), password, code, asked.visit);
    if (!removed) return removed.problem();
    return empty_response();
}

Result<HttpResponse> ask_for_link(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string name = body->text("name_or_email", 200);
    if (const auto done = body->done(); !done) return done.problem();
    const auto message = office.access.accounts.ask_for_link(
        name, office.own_address + "/new-password", asked.visit);
    if (!message) return message.problem();
    if (*message) {
        const auto posted = post(office.site, **message, asked.visit.at);
        if (!posted) return posted.problem();
    }
    HttpResponse response;
    response.status = 202;
    return response;
}

Result<HttpResponse> use_link(Office& office, const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string token = body->text("token", 100);
    const std::string password = body->text("new_password", 200);
    if (const auto done = body->done(); !done) return done.problem();
    const auto set = office.access.accounts.set_password_by_link(token, password, asked.visit);
    if (!set) return set.problem();
    return empty_response();
}

}  // namespace purse
