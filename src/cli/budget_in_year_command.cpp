// Budgets in the year (budget adjust) and the baseline by provider (budget reconcile).
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "budget/indicative.hpp"
#include "cli/commands.hpp"
#include "desk/in_year.hpp"
#include "desk/provider_reconciliation.hpp"
#include "money/grouped.hpp"
#include "render/provider_pages.hpp"
#include "render/rendering.hpp"
#include "render/text_table.hpp"
#include "render/wording.hpp"

namespace purse {

namespace {

namespace json = boost::json;

struct AdjustOptions {
    std::string year, from, by, note, movements, weights;
    bool dry_run = false;
};

Result<AdjustBudgetsRequest> request_of(const AdjustOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    const auto from = parse_month(options.from);
    if (!from) return from.problem();
    AdjustBudgetsRequest request;
    request.year = *year;
    request.from = *from;
    request.by = options.by;
    request.note = options.note;
    request.dry_run = options.dry_run;
    if (!options.movements.empty()) request.movements = options.movements;
    if (!options.weights.empty()) request.weights = options.weights;
    return request;
}

std::string account(PracticeCode code) {
    if (code == growth_reserve_account) return "growth reserve";
    if (code == left_account) return "other commissioners";
    return code.text();
}

std::string moves_text(const std::vector<InYearMove>& moves) {
    using enum Align;
    std::vector<std::vector<std::string>> rows = {{"line", "from", "to", "amount", "why"}, {}};
    for (const InYearMove& move : moves) {
        rows.push_back({std::string(name_of(move.line).name), account(move.from), account(move.to),
                        in_pounds(move.amount),
                        fmt::format("{}: {}", in_words(move.kind), move.reason)});
    }
    return aligned(rows, {left, left, left, right, left});
}

std::string practices_text(const std::vector<InYearPracticeTotal>& practices) {
    using enum Align;
    std::vector<std::vector<std::string>> rows = {
        {"practice", "", "list before", "list now", "as agreed", "before", "change", "now"}, {}};
    for (const InYearPracticeTotal& practice : practices) {
        rows.push_back(
            {practice.practice.text(), practice.name, grouped(practice.list_before.whole()),
             grouped(practice.list.whole()), in_pounds(practice.agreed), in_pounds(practice.before),
             variance_in_words(practice.after - practice.before), in_pounds(practice.after)});
    }
    return aligned(rows, {left, left, right, right, right, right, right, right});
}

std::string totals_text(const std::vector<InYearTotal>& totals) {
    using enum Align;
    std::vector<std::vector<std::string>> rows = {
        {"line", "practices", "not agreed yet", "handed back", "growth reserve", "unattributed",
         "blocked back", "left", "allocation"},
        {}};
    Pence other;
    for (const InYearTotal& total : totals) {
        other += total.other_drafts;
        rows.push_back({std::string(name_of(total.line).name), in_pounds(total.practices),
                        in_pounds(total.not_in_force), in_pounds(total.handed_back),
                        in_pounds(total.reserve), in_pounds(total.unattributed),
                        in_pounds(total.blocked_back), in_pounds(total.left),
                        in_pounds(total.allocation)});
    }
    std::string out = aligned(rows, {left, right, right, right, right, right, right, right, right});
    if (other == Pence(0)) {
        return out + "Every line adds up to its allocation to the penny.\n";
    }
    return out + fmt::format(
                     "Practices that agreed by another draft have {} more than in this "
                     "one; with it every line adds up to its allocation to the penny.\n",
                     in_pounds(other));
}

void print_text(const AdjustBudgetsReport& report, bool dry_run) {
    fmt::print("{}: budgets from {} on, by the draft '{}'\n", to_text(report.year),
               in_words(report.from), report.draft);
    if (report.result.moves.empty()) {
        fmt::print("Nothing changes.\n");
    } else {
        fmt::print("\n{}\n{}\n", moves_text(report.result.moves), practices_text(report.practices));
    }
    for (const InYearShortfall& shortfall : report.result.shortfalls) {
        fmt::print("short: {} {}: growth of {}, of which the reserve pays {}; {} is owed\n",
                   shortfall.practice.text(), name_of(shortfall.line).name,
                   in_pounds(shortfall.claim), in_pounds(shortfall.paid),
                   in_pounds(shortfall.claim - shortfall.paid));
    }
    fmt::print("{}", totals_text(report.totals));
    for (const std::string& note : report.notes) fmt::print("  note: {}\n", note);
    if (report.recorded) {
        fmt::print("recorded as change {} by {}: what was agreed stays as it was agreed\n",
                   report.recorded->number, report.recorded->change.author);
    } else if (dry_run) {
        fmt::print("a dry run: nothing was recorded\n");
    }
    fmt::print("{}\n", indicative_budget_sentence);
}

json::object object_of(const InYearTotal& total) {
    return {{"line", name_of(total.line).code},
            {"allocation_pence", total.allocation.count()},
            {"practices_before_pence", total.practices_before.count()},
            {"practices_pence", total.practices.count()},
            {"not_in_force_pence", total.not_in_force.count()},
            {"handed_back_pence", total.handed_back.count()},
            {"growth_reserve_before_pence", total.reserve_before.count()},
            {"growth_reserve_pence", total.reserve.count()},
            {"unattributed_pence", total.unattributed.count()},
            {"blocked_back_pence", total.blocked_back.count()},
            {"left_pence", total.left.count()},
            {"other_drafts_pence", total.other_drafts.count()}};
}

void print_json(const AdjustBudgetsReport& report) {
    json::array moves, totals, shortfalls, notes;
    for (const InYearMove& move : report.result.moves) {
        moves.push_back(json::object{{"kind", to_text(move.kind)},
                                     {"line", name_of(move.line).code},
                                     {"from", move.from.text()},
                                     {"to", move.to.text()},
                                     {"pence", move.amount.count()},
                                     {"owed_pence", move.unfunded.count()},
                                     {"says", move.reason}});
    }
    for (const InYearTotal& total : report.totals) totals.emplace_back(object_of(total));
    for (const InYearShortfall& shortfall : report.result.shortfalls) {
        shortfalls.push_back(json::object{{"practice", shortfall.practice.text()},
                                          {"line", name_of(shortfall.line).code},
                                          {"claim_pence", shortfall.claim.count()},
                                          {"paid_pence", shortfall.paid.count()}});
    }
    for (const std::string& note : report.notes) notes.emplace_back(note);
    json::object all{{"year", to_text(report.year)}, {"from", to_text(report.from)},
                     {"draft", report.draft},        {"moves", std::move(moves)},
                     {"totals", std::move(totals)},  {"shortfalls", std::move(shortfalls)},
                     {"notes", std::move(notes)}};
    all["change"] = report.recorded ? json::value(report.recorded->number) : json::value(nullptr);
    fmt::print("{}\n", json::serialize(all));
}

Outcome adjust(const Terminal& terminal, const AdjustOptions& options) {
    auto request = request_of(options);
    if (!request) return request.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    request->at = site->now();
    const auto report = adjust_budgets(*site, *request);
    if (!report) return report.problem();
    if (terminal.json) {
        print_json(*report);
    } else {
        print_text(*report, options.dry_run);
    }
    return Nothing{};
}

struct ReconcileOptions {
    std::string year, draft, contracts, format = "text", out;
};

Result<std::string> rendered_as(const ProviderReconciliation& all, const std::string& format) {
    const auto known = parse_format(format);
    if (!known) return known.problem();
    switch (*known) {
        case Format::text:
            return as_text(all);
        case Format::json:
            return as_json(all);
        case Format::csv:
            return as_csv(all);
        case Format::html:
            return as_html(all);
        default:
            return bad_input("providers are reconciled as text, json, csv or html");
    }
}

Outcome reconcile(const Terminal& terminal, const ReconcileOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto all = reconcile_providers(
        *site, *year, options.draft.empty() ? std::nullopt : std::optional(options.draft),
        options.contracts.empty() ? std::nullopt
                                  : std::optional<std::filesystem::path>(options.contracts));
    if (!all) return all.problem();
    const auto text = rendered_as(*all, terminal.json ? "json" : options.format);
    if (!text) return text.problem();
    if (options.out.empty()) {
        fmt::print("{}", *text);
        return Nothing{};
    }
    std::ofstream file(options.out, std::ios::binary | std::ios::trunc);
    file << *text;
    file.close();
    if (!file) return not_found(options.out + " cannot be written");
    return Nothing{};
}

void add_adjust(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<AdjustOptions>();
    auto* command = budget.add_subcommand(
        "adjust", "Change budgets in the year: lists, mergers, openings, closures, departures");
    command->add_option("--year", options->year, "The budgets' year, such as 2018/19")->required();
    command->add_option("--from", options->from, "The quarter's first month, such as 2018-07")
        ->required();
    command->add_option("--by", options->by, "Who changes them")->required();
    command->add_flag("--dry-run", options->dry_run, "Shows what would change; records nothing");
    command
        ->add_option("--movements", options->movements,
                     "Patients known to have moved as a group, CSV: from, to, patients")
        ->check(CLI::ExistingFile);
    command
        ->add_option("--weights", options->weights,
                     "Need weights of practices that opened, as for 'budget set'")
        ->check(CLI::ExistingFile);
    command->add_option("--note", options->note, "A note to keep with the change");
    command->callback(
        [options, &terminal] { terminal.run([&] { return adjust(terminal, *options); }); });
}

void add_reconcile(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<ReconcileOptions>();
    auto* command = budget.add_subcommand(
        "reconcile", "The baseline by provider, beside the contracts, adding up to the penny");
    command->add_option("--year", options->year, "The budgets' year")->required();
    command->add_option("--draft", options->draft, "The draft's name (default: the newest)");
    command
        ->add_option("--contracts", options->contracts,
                     "Contracts' values, CSV: provider, line (optional), pence")
        ->check(CLI::ExistingFile);
    command->add_option("--format", options->format, "text, json, csv or html (default: text)");
    command->add_option("--out", options->out, "A file (default: the terminal)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return reconcile(terminal, *options); }); });
}

}  // namespace

void add_budget_in_year_commands(CLI::App& budget, Terminal& terminal) {
    add_adjust(budget, terminal);
    add_reconcile(budget, terminal);
}

}  // namespace purse
