#include <fmt/format.h>

#include <algorithm>

#include "answers/challenge_json.hpp"
#include "answers/challenge_tables.hpp"
#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "api/problem_response.hpp"
#include "api/tables.hpp"

namespace purse {

namespace {

constexpr std::size_t longest_note = 2'000;
constexpr std::size_t longest_answers = 200'000;  // of a provider's file

ChallengeCommand command_of(const Office& office, const Asked& asked, const std::string& says) {
    const Person& person = asked.person();
    return {.role = person.role,
            .author = person.full_name.empty() ? person.name : person.full_name,
            .says = says,
            .at = office.site.now(),
            .after = std::nullopt};
}

// Challenges name single records of patients.
void audit_read(const Office& office, const Asked& asked, const std::string& subject,
                const std::string& detail) {
    office.site_for(asked).decisions().record_audit(
        {std::string(to_text(Action::read_challenges)), subject, detail});
}

Result<Pence> pence_of(const std::string& text) {
    const auto amount = parse_pounds(text);
    if (!amount) return amount.problem();
    return *amount;
}

Result<ProviderCode> provider_in_path(const Asked& asked) {
    const std::string& text = asked.in_path.at("provider");
    if (text.empty() || packed(text) == bad_code) {
        return bad_input(fmt::format("'{}' is not a provider's code", text));
    }
    return ProviderCode(text);
}

// What somebody marks: a record, or a line.
struct MarkAsked {
    ChallengeMark mark;
    std::string note;
};

Result<MarkAsked> read_mark(const Asked& asked) {
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string month = body->text("month", 7);
    const std::string reason = body->text("reason", 30);
    const std::string record = body->text("record_id", 200, false);
    const std::string set = body->text("data_set", 20, !record.empty());
    const std::string line = body->text("line", 40, record.empty());
    const std::string provider = body->text("provider", 8, false);
    const std::string pounds = body->text("pounds", 20, false);
    const std::string beside_provider = body->text("beside_provider", 8, false);
    MarkAsked wanted;
    wanted.note = body->text("note", longest_note, false);
    wanted.mark.rule = body->text("rule", 40, false);
    wanted.mark.beside = body->text("beside", 200, false);
    if (const auto done = body->done(); !done) return done.problem();
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto its_month = parse_month(month);
    if (!its_month) return its_month.problem();
    const auto its_reason = parse_challenge_reason(reason);
    if (!its_reason) return its_reason.problem();
    if (packed(provider) == bad_code || packed(beside_provider) == bad_code) {
        return bad_input("the provider is not a provider's code");
    }
    wanted.mark.practice = *practice;
    wanted.mark.month = *its_month;
    wanted.mark.reason = *its_reason;
    wanted.mark.provider = ProviderCode(provider);
    wanted.mark.beside_provider = ProviderCode(beside_provider);
    wanted.mark.record_id = record;
    if (!record.empty()) {
        const auto its_set = parse_data_set(set);
        if (!its_set) return its_set.problem();
        wanted.mark.set = *its_set;
        return wanted;
    }
    const auto its_line = parse_budget_line(line);
    if (!its_line) return its_line.problem();
    wanted.mark.line = *its_line;
    if (pounds.empty()) return wanted;
    const auto amount = pence_of(pounds);
    if (!amount) return amount.problem();
    wanted.mark.amount = *amount;
    return wanted;
}

// What a step's body says.
struct ChallengeStepAsked {
    ChallengeStep step = ChallengeStep::pass;
    std::string says;
    Credit credit;
};

Result<ChallengeStepAsked> read_step(const std::string& text) {
    auto body = JsonBody::parse(text);
    if (!body) return body.problem();
    const auto step = parse_challenge_step(body->text("step", 20));
    ChallengeStepAsked asked;
    asked.says = body->text("says", longest_note, false);
    const std::string pounds = body->text("pounds", 20, false);
    const std::string borne_by = body->text("borne_by", 8, false);
    if (const auto done = body->done(); !done) return done.problem();
    if (!step) return step.problem();
    asked.step = *step;
    if (!borne_by.empty()) asked.credit.borne_by = borne_by;
    if (pounds.empty()) return asked;
    const auto amount = pence_of(pounds);
    if (!amount) return amount.problem();
    asked.credit.amount = *amount;
    return asked;
}

Result<ChallengeEvent> take_step(Site& site, std::int64_t number, const ChallengeStepAsked& asked,
                                 const ChallengeCommand& command) {
    switch (asked.step) {
        case ChallengeStep::pass:
            return pass_challenge(site, number, command);
        case ChallengeStep::uphold:
            return uphold_challenge(site, number, asked.credit, command);
        case ChallengeStep::reject:
            return reject_challenge(site, number, command);
        case ChallengeStep::withdraw:
            return withdraw_challenge(site, number, command);
        case ChallengeStep::mark:
        case ChallengeStep::provider_answer:
            break;
    }
    return bad_input(
        fmt::format("'{}' is no step to take here: a mark begins a challenge, a "
                    "provider's answers come as its file",
                    to_text(asked.step)));
}

// The practice's own challenge of that number.
Result<ChallengeStanding> standing_asked(const Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto number = asked.number("challenge");
    if (!number) return number.problem();
    auto standing = challenge_standing(office.site, *number, asked.today());
    if (standing && standing->challenge.what.practice != *practice) {
        return not_found(fmt::format("{} has no challenge {}", practice->text(), *number));
    }
    return standing;
}

std::vector<ChallengeStep> steps_open_to(const Office& office, const Asked& asked,
                                         const ChallengeStanding& standing) {
    std::vector<ChallengeStep> open;
    for (const ChallengeStep step : challenge_steps()) {
        const auto row = transition_of(standing.position.state, step, asked.person().role);
        if (!row || !may(office, asked, action_of(step))) continue;
        if (row->when_overdue && !standing.turn.late()) continue;
        if (step == ChallengeStep::pass && standing.challenge.what.provider.empty()) continue;
        if (step == ChallengeStep::provider_answer) continue;  // comes as a file
        open.push_back(step);
    }
    return open;
}

HttpResponse with_state(HttpResponse response, const std::string& hash) {
    response.with("ETag", fmt::format("\"{}\"", hash));
    return response;
}

Result<ChallengeSearch> challenge_search_asked(const Asked& asked) {
    ChallengeSearch search;
    const std::string state = asked.text("state");
    if (state == "open") {
        search.open_only = true;
    } else if (!state.empty()) {
        const auto known = parse_challenge_state(state);
        if (!known) return known.problem();
        search.state = *known;
    }
    const std::string provider = asked.text("provider");
    if (packed(provider) == bad_code) {
        return bad_input(fmt::format("'{}' is not a provider's code", provider));
    }
    if (!provider.empty()) search.provider = ProviderCode(provider);
    return search;
}

Result<HttpResponse> listed(Office& office, const Asked& asked, const ChallengeSearch& search,
                            const std::string& subject) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto standings = challenges_standing(office.site, search, asked.today());
    if (!standings) return standings.problem();
    audit_read(office, asked, subject, fmt::format("{} challenges", standings->size()));
    if (*format == TableFormat::json) return json_response(as_json(*standings));
    return table_download(table_of(*standings), *format, "challenges",
                          {office.site.settings().name + ": challenges"});
}

Result<HttpResponse> returned(Office& office, const Asked& asked, const ReturnQuestion& question) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto report = rate_of_return(office.site, question, asked.today());
    if (!report) return report.problem();
    if (*format == TableFormat::json) return json_response(as_json(*report));
    return table_download(table_of(*report), *format, "challenge-return",
                          {office.site.settings().name + ": challenges, rate of return"});
}

}  // namespace

Result<HttpResponse> find_errors(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const auto findings = find_likely_errors(office.site, (*month)->month(), *practice);
    if (!findings) return findings.problem();
    office.site_for(asked).decisions().record_audit(
        {std::string(to_text(Action::read_patient_rows)), practice->text(),
         fmt::format("likely errors, {}", to_text((*month)->month()))});
    return json_response(as_json(*findings));
}

Result<HttpResponse> dismiss_error(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string key = body->text("key", 300);
    if (const auto done = body->done(); !done) return done.problem();
    const ChallengeCommand command = command_of(office, asked, "");
    Site site = office.site_for(asked);
    site.decisions().dismiss_finding(*practice, key, command.author, command.at);
    return empty_response();
}

Result<HttpResponse> list_own_challenges(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    auto search = challenge_search_asked(asked);
    if (!search) return search.problem();
    search->practice = *practice;
    return listed(office, asked, *search, practice->text());
}

Result<HttpResponse> list_all_challenges(Office& office, const Asked& asked) {
    const auto search = challenge_search_asked(asked);
    if (!search) return search.problem();
    return listed(office, asked, *search, "all practices");
}

Result<HttpResponse> mark_one(Office& office, const Asked& asked) {
    const auto wanted = read_mark(asked);
    if (!wanted) return wanted.problem();
    if (!wanted->mark.record_id.empty()) {
        // Who may not see rows of patients marks lines.
        const auto entitled = may(office, asked, Action::read_patient_rows);
        if (!entitled) return entitled.problem();
    }
    Site site = office.site_for(asked);
    const auto marked = mark_challenge(site, wanted->mark, command_of(office, asked, wanted->note));
    if (!marked) return marked.problem();
    const auto standing = challenge_standing(office.site, marked->number, asked.today());
    if (!standing) return standing.problem();
    HttpResponse response =
        json_response(as_json(*standing, steps_open_to(office, asked, *standing)), 201);
    return with_state(std::move(response), standing->position.last);
}

Result<HttpResponse> read_one_challenge(Office& office, const Asked& asked) {
    const auto standing = standing_asked(office, asked);
    if (!standing) return standing.problem();
    audit_read(office, asked, standing->challenge.what.practice.text(),
               fmt::format("challenge {}", standing->challenge.number));
    return with_state(json_response(as_json(*standing, steps_open_to(office, asked, *standing))),
                      standing->position.last);
}

Result<HttpResponse> act_on_challenge(Office& office, const Asked& asked) {
    const auto step = read_step(asked.request.body);
    if (!step) return step.problem();
    if (const auto allowed = may(office, asked, action_of(step->step)); !allowed) {
        return allowed.problem();
    }
    const auto standing = standing_asked(office, asked);
    if (!standing) return standing.problem();
    const auto seen = state_named(asked.request);
    if (!seen) {
        return problem_response(HttpFault::if_match_needed,
                                "say in If-Match which event of the challenge you have seen last",
                                asked.request.id);
    }
    if (*seen != standing->position.last) {
        return problem_response(HttpFault::changed_meanwhile,
                                "somebody has taken a step since you looked: look again",
                                asked.request.id);
    }
    ChallengeCommand command = command_of(office, asked, step->says);
    command.after = *seen;
    Site site = office.site_for(asked);
    const auto event = take_step(site, standing->challenge.number, *step, command);
    if (!event) return event.problem();
    return with_state(json_response(as_json(*event), 201), event->hash);
}

Result<HttpResponse> read_challenge_figures(Office& office, const Asked& asked) {
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const MonthReports& reports = (*month)->reports();
    auto statement = statement_of(reports, asked.in_path.at("practice"));
    if (!statement) return statement.problem();
    const auto challenged = challenged_month(office.site, reports, asked.today());
    if (!challenged) return challenged.problem();
    add_challenges(*statement, *challenged);
    return json_response(challenges_json(*statement));
}

Result<HttpResponse> read_own_return(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    return returned(office, asked, {.practice = *practice, .from = {}, .to = {}});
}

Result<HttpResponse> read_return(Office& office, const Asked& asked) {
    return returned(office, asked, {});
}

Result<HttpResponse> read_provider_file(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto provider = provider_in_path(asked);
    if (!provider) return provider.problem();
    const auto file = provider_file(office.site, *provider, asked.today());
    if (!file) return file.problem();
    audit_read(office, asked, "provider " + provider->text(),
               fmt::format("file of {} challenges", file->challenges.size()));
    if (*format == TableFormat::json) return json_response(as_json(file->challenges));
    return table_download(
        table_of(*file), *format, "challenges-" + provider->text(),
        {fmt::format("{}: challenges to {}", office.site.settings().name, file->name)});
}

Result<HttpResponse> take_answers(Office& office, const Asked& asked) {
    const auto provider = provider_in_path(asked);
    if (!provider) return provider.problem();
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string name = body->text("file_name", 200);
    std::string text = body->text("text", longest_answers);
    if (const auto done = body->done(); !done) return done.problem();
    Site site = office.site_for(asked);
    const auto taken = take_provider_answers(site, *provider, std::move(text), name,
                                             command_of(office, asked, ""));
    if (!taken) return taken.problem();
    return json_response(as_json(*taken));
}

}  // namespace purse
