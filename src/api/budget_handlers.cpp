#include <fmt/format.h>

#include <algorithm>

#include "api/dialogue_pages.hpp"
#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "api/problem_response.hpp"
#include "api/tables.hpp"
#include "api/waterfall_table.hpp"
#include "render/waterfall_pages.hpp"

namespace purse {

namespace {

// What a step's body says.
struct StepAsked {
    DialogueStep step = DialogueStep::comment;
    std::string says, draft, offer;
};

Result<StepAsked> read_step(const std::string& text, bool names_an_offer) {
    auto body = JsonBody::parse(text);
    if (!body) return body.problem();
    const auto step = parse_dialogue_step(body->text("step", 20));
    StepAsked asked;
    asked.says = body->text("says", 20'000, false);
    asked.draft = body->text("draft", 200, false);
    if (names_an_offer) asked.offer = body->text("offer", 64, false);
    if (const auto done = body->done(); !done) return done.problem();
    if (!step) return step.problem();
    asked.step = *step;
    return asked;
}

DialogueCommand command_of(const Office& office, const Asked& asked, FinancialYear year,
                           const StepAsked& step) {
    const Person& person = asked.person();
    return {.year = year,
            .role = person.role,
            .author = person.full_name.empty() ? person.name : person.full_name,
            .says = step.says,
            .at = office.site.now(),
            .after = std::nullopt};
}

Problem draft_missing() { return bad_input("name the draft that is offered: the field 'draft'"); }

Result<DialogueEvent> take_step(Site& site, PracticeCode practice, const StepAsked& step,
                                const DialogueCommand& command) {
    switch (step.step) {
        case DialogueStep::show_data:
            return show_budget_data(site, practice, command);
        case DialogueStep::offer:
            if (step.draft.empty()) return draft_missing();
            return offer_budget(site, practice, step.draft, command);
        case DialogueStep::agree:
            return agree_budget(site, practice, step.offer, command);
        case DialogueStep::rule:
            return rule_on_budget(site, practice,
                                  step.draft.empty() ? std::nullopt : std::optional(step.draft),
                                  command);
        default:
            return speak_in_dialogue(site, practice, step.step, command);
    }
}

// "none" is the empty hash: the dialogue has not begun.
std::optional<std::string> event_seen(const HttpRequest& request) {
    const auto state = state_named(request);
    return state == "none" ? std::string() : state;
}

std::vector<DialogueStep> steps_open_to(const Office& office, const Asked& asked,
                                        const DialogueStanding& standing) {
    std::vector<DialogueStep> open;
    for (const DialogueStep step : dialogue_steps()) {
        const auto row = transition_of(standing.position.state, step, asked.person().role);
        if (!row || !may(office, asked, action_of(step))) continue;
        if (row->when_overdue && asked.today() <= standing.dates.agreed_by) continue;
        open.push_back(step);
    }
    return open;
}

// The draft on the practice's table, for those who may not look into others.
Result<std::optional<std::string>> draft_to_show(const Office& office, const Asked& asked,
                                                 PracticeCode practice, FinancialYear year) {
    const auto history = dialogue_history(office.site, practice, year, asked.today());
    if (!history) return history.problem();
    const std::string& on_table = history->standing.draft;
    const auto named = asked.request.target.asked("draft");
    if (named && *named == on_table) return std::optional(on_table);
    const auto others = office.access.permissions.may(asked.person(), Action::read_drafts,
                                                      office.access.accounts.whose_commissioner());
    if (named && !others) return others.problem();
    if (named) return named;
    if (!on_table.empty()) return std::optional(on_table);
    if (!others) return not_found("nothing has been offered for " + to_text(year) + " yet");
    return std::optional<std::string>();
}

AmountsOnTable amounts_on_table(const Register& decisions, const DialogueStatus& status) {
    std::map<std::string, AmountsOnTable> by_draft;
    for (const Draft& draft : decisions.drafts(status.year)) {
        for (DraftAmount& amount : decisions.draft_amounts(draft.number)) {
            by_draft[draft.digest][amount.practice].push_back(amount);
        }
    }
    AmountsOnTable amounts;
    for (const DialogueStanding& standing : status.practices) {
        const auto found = by_draft.find(standing.position.draft);
        if (found != by_draft.end()) amounts[standing.practice] = found->second[standing.practice];
    }
    return amounts;
}

HttpResponse waterfall_file(const Waterfall& waterfall, TableFormat format) {
    const std::string name =
        fmt::format("budget-{}-{}", waterfall.practice.text(), as_folder(waterfall.year));
    if (format == TableFormat::html) {
        return download(as_html(waterfall), "text/html; charset=utf-8", name + ".html");
    }
    return table_download(table_of(waterfall), format, name,
                          {waterfall.name, to_text(waterfall.year), waterfall.what});
}

}  // namespace

Result<HttpResponse> read_budget_year(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto year = asked.year();
    if (!year) return year.problem();
    const auto status = dialogue_status(office.site, *year, asked.today());
    if (!status) return status.problem();
    if (*format == TableFormat::json) {
        const AmountsOnTable amounts = asked.text("explain") == "1"
                                           ? amounts_on_table(office.site.decisions(), *status)
                                           : AmountsOnTable();
        return json_response(budget_year_page(*status, amounts));
    }
    return table_download(table_of(*status), *format, "budgets-" + as_folder(*year),
                          {"Budgets of " + to_text(*year)});
}

Result<HttpResponse> list_drafts(Office& office, const Asked& asked) {
    const auto year = asked.year();
    if (!year) return year.problem();
    const Register& decisions = office.site.decisions();
    std::vector<DraftSum> sums;
    for (const Draft& draft : decisions.drafts(*year)) {
        sums.push_back(sum_of(draft, decisions.draft_amounts(draft.number),
                              decisions.draft_totals(draft.number)));
    }
    return json_response(drafts_page(sums));
}

Result<HttpResponse> read_waterfall(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, true);
    if (!format) return format.problem();
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto year = asked.year();
    if (!year) return year.problem();
    std::optional<BudgetLine> line;
    if (const auto named = asked.request.target.asked("line")) {
        const auto parsed = parse_budget_line(*named);
        if (!parsed) return parsed.problem();
        line = *parsed;
    }
    const auto draft = draft_to_show(office, asked, *practice, *year);
    if (!draft) return draft.problem();
    const auto derivation = office.derivations.of(office.site, *year, *draft);
    if (!derivation) return derivation.problem();
    const DerivationFile& file = (*derivation)->file;
    const auto waterfall = waterfall_of(file.inputs, file.derivation, *practice, line);
    if (!waterfall) return waterfall.problem();
    if (*format != TableFormat::json) return waterfall_file(*waterfall, *format);
    return json_response(waterfall_page(*waterfall, (*derivation)->draft.name));
}

Result<HttpResponse> read_dialogue(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto year = asked.year();
    if (!year) return year.problem();
    const auto history = dialogue_history(office.site, *practice, *year, asked.today());
    if (!history) return history.problem();
    HttpResponse response = json_response(dialogue_page(
        *history, steps_open_to(office, asked, history->standing), asked.text("explain") == "1"));
    response.with("ETag", fmt::format("\"{}\"", last_event_of(history->standing.position)));
    return response;
}

Result<HttpResponse> act_on_dialogue(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    const auto year = asked.year();
    if (!year) return year.problem();
    const auto step = read_step(asked.request.body, true);
    if (!step) return step.problem();
    if (const auto allowed = may(office, asked, action_of(step->step)); !allowed) {
        return allowed.problem();
    }
    const auto seen = event_seen(asked.request);
    if (!seen) {
        return problem_response(HttpFault::if_match_needed,
                                "say in If-Match which event of the dialogue you have seen last",
                                asked.request.id);
    }
    const auto events = office.site.decisions().dialogue(*practice, *year);
    if (*seen != (events.empty() ? std::string() : events.back().hash)) {
        return problem_response(HttpFault::changed_meanwhile,
                                "somebody has taken a step since you looked: look again",
                                asked.request.id);
    }
    DialogueCommand command = command_of(office, asked, *year, *step);
    command.after = *seen;
    Site site = office.site_for(asked);
    const auto event = take_step(site, *practice, *step, command);
    if (!event) return event.problem();
    HttpResponse response = json_response(event_page(*event), 201);
    response.with("ETag", fmt::format("\"{}\"", event->hash));
    return response;
}

Result<HttpResponse> act_on_all_dialogues(Office& office, const Asked& asked) {
    const auto year = asked.year();
    if (!year) return year.problem();
    const auto step = read_step(asked.request.body, false);
    if (!step) return step.problem();
    if (const auto allowed = may(office, asked, action_of(step->step)); !allowed) {
        return allowed.problem();
    }
    const DialogueCommand command = command_of(office, asked, *year, *step);
    Site site = office.site_for(asked);
    if (step->step == DialogueStep::offer && step->draft.empty()) return draft_missing();
    if (step->step != DialogueStep::offer && step->step != DialogueStep::show_data) {
        return bad_input(
            fmt::format("'{}' is a step with one practice: only show_data and offer "
                        "are taken with all at once",
                        to_text(step->step)));
    }
    const auto taken = step->step == DialogueStep::offer
                           ? offer_budget_to_all(site, step->draft, command)
                           : show_budget_data_to_all(site, command);
    if (!taken) return taken.problem();
    return json_response(steps_taken_page(*taken));
}

}  // namespace purse
