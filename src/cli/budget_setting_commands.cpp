#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "budget/indicative.hpp"
#include "cli/commands.hpp"
#include "cli/given_option.hpp"
#include "desk/budget_setting.hpp"
#include "money/grouped.hpp"
#include "render/comparison_pages.hpp"
#include "render/pdf.hpp"
#include "render/rendering.hpp"
#include "render/text_table.hpp"
#include "render/waterfall_pages.hpp"

namespace purse {

namespace {

struct SetOptions {
    std::string year, scheme, draft, by, note, allocation, weights, entries, savings;
    std::string baseline_from, baseline_to, list_then, list_now;
};

Result<SetBudgetsRequest> request_of(const SetOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    SetBudgetsRequest request;
    request.year = *year;
    request.scheme = options.scheme;
    request.draft = options.draft;
    request.by = options.by;
    request.note = options.note;
    request.allocation = options.allocation;
    if (!options.weights.empty()) request.weights = options.weights;
    if (!options.entries.empty()) request.entries = options.entries;
    if (!options.savings.empty()) request.savings = options.savings;
    if (auto done = take_option(options.baseline_from, parse_month, request.baseline_from); !done) {
        return done.problem();
    }
    if (auto done = take_option(options.baseline_to, parse_month, request.baseline_to); !done) {
        return done.problem();
    }
    if (auto done = take_option(options.list_then, parse_date, request.list_then); !done) {
        return done.problem();
    }
    if (auto done = take_option(options.list_now, parse_date, request.list_now); !done) {
        return done.problem();
    }
    return request;
}

Pence practices_net(const Derivation& derivation, BudgetLine line) {
    Pence sum;
    for (const DerivedLine& derived : derivation.lines) {
        if (derived.line == line) sum += derived.net;
    }
    return sum;
}

void print_totals(const Derivation& derivation) {
    std::vector<std::vector<std::string>> rows = {
        {"line", "practices, net", "risk pool", "management", "reserves", "blocked back",
         "allocation"},
        {}};
    for (const DerivedTotal& total : derivation.totals) {
        rows.push_back({std::string(name_of(total.line).name),
                        in_pounds(practices_net(derivation, total.line)),
                        in_pounds(total.risk_pool), in_pounds(total.management),
                        in_pounds(total.reserve()), in_pounds(total.blocked_back),
                        in_pounds(total.allocation)});
    }
    fmt::print("{}", aligned(rows, {Align::left, Align::right, Align::right, Align::right,
                                    Align::right, Align::right, Align::right}));
}

void print_json(const SetBudgetsReport& report) {
    boost::json::array totals;
    for (const DerivedTotal& total : report.derivation.totals) {
        totals.push_back(boost::json::object{
            {"line", name_of(total.line).code},
            {"practices_net_pence", practices_net(report.derivation, total.line).count()},
            {"risk_pool_pence", total.risk_pool.count()},
            {"management_pence", total.management.count()},
            {"reserve_pence", total.reserve().count()},
            {"blocked_back_pence", total.blocked_back.count()},
            {"allocation_pence", total.allocation.count()}});
    }
    boost::json::array notes;
    for (const std::string& note : report.notes) notes.emplace_back(note);
    boost::json::array remarks;
    for (const BaselineRemark& remark : report.inputs.remarks) {
        remarks.push_back(boost::json::object{{"practice", remark.practice.text()},
                                              {"line", name_of(remark.line).code},
                                              {"says", remark.says}});
    }
    const boost::json::object all{{"draft", report.draft.draft.name},
                                  {"number", report.draft.draft.number.value},
                                  {"scheme", report.draft.draft.scheme},
                                  {"derivation", report.draft.draft.derivation.path.string()},
                                  {"already_recorded", report.draft.already_recorded},
                                  {"practices", report.inputs.practices.size()},
                                  {"need_source", report.inputs.need_source},
                                  {"totals", std::move(totals)},
                                  {"remarks", std::move(remarks)},
                                  {"notes", std::move(notes)}};
    fmt::print("{}\n", boost::json::serialize(all));
}

Outcome set(const Terminal& terminal, const SetOptions& options) {
    const auto request = request_of(options);
    if (!request) return request.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto report = set_budgets(*site, *request);
    if (!report) return report.problem();
    if (terminal.json) {
        print_json(*report);
        return Nothing{};
    }
    const Draft& draft = report->draft.draft;
    fmt::print("{}: draft {} '{}', {} practices by the scheme {}\n", to_text(request->year),
               draft.number.value, draft.name, report->inputs.practices.size(), draft.scheme);
    if (report->draft.already_recorded) fmt::print("  recorded before: nothing changed\n");
    print_totals(report->derivation);
    fmt::print("Every line adds up to its allocation to the penny.\n");
    for (const std::string& note : report->notes) fmt::print("  note: {}\n", note);
    fmt::print("worked out in {}: purse budget rederive FILE does it again\n",
               (site->folder() / draft.derivation.path).string());
    fmt::print(
        "next: purse budget explain PRACTICE --year {0}; purse budget offer --all --year "
        "{0} --draft '{1}'\n{2}\n",
        to_text(request->year), draft.name, indicative_budget_sentence);
    return Nothing{};
}

Outcome rederive_command(const Terminal& terminal, const std::string& name) {
    const auto file = rederive(name);
    if (!file) return file.problem();
    if (terminal.json) {
        boost::json::array differences;
        for (const std::string& says : file->differences) differences.emplace_back(says);
        const boost::json::object all{{"practices", file->practices},
                                      {"figures", file->figures},
                                      {"differences", std::move(differences)}};
        fmt::print("{}\n", boost::json::serialize(all));
    } else {
        for (const std::string& says : file->differences) fmt::print("{}\n", says);
        fmt::print("{} figures of {} practices worked out again: ",
                   grouped(static_cast<std::int64_t>(file->figures)), file->practices);
        fmt::print("{}\n", file->differences.empty()
                               ? std::string("all agree to the penny")
                               : fmt::format("{} differ", file->differences.size()));
    }
    if (file->differences.empty()) return Nothing{};
    return conflict("the file's results are not what its inputs come to");
}

Outcome write_or_print(const std::string& text, const std::string& out) {
    if (out.empty()) {
        fmt::print("{}", text);
        return Nothing{};
    }
    std::ofstream file(out, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) return not_found(out + " cannot be written");
    return Nothing{};
}

struct ExplainBudgetOptions {
    std::string practice, year, draft, line, format = "text", out;
};

std::optional<std::string> if_given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<std::string> rendered_as(const Waterfall& waterfall, const std::string& format) {
    if (format == "pdf") return as_pdf(as_html(waterfall));
    const auto known = parse_format(format);
    if (!known) return known.problem();
    switch (*known) {
        case Format::text:
            return as_text(waterfall);
        case Format::json:
            return as_json(waterfall);
        case Format::csv:
            return as_csv(waterfall);
        case Format::html:
            return as_html(waterfall);
        case Format::xlsx:
            break;
    }
    return bad_input("a budget is explained as text, json, csv, html or pdf");
}

Outcome explain_budget(const Terminal& terminal, const ExplainBudgetOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    std::optional<BudgetLine> line;
    if (auto done = take_option(options.line, parse_budget_line, line); !done) return done;
    if (options.format == "pdf" && options.out.empty()) {
        return bad_input("a PDF is for a file, not for the terminal: give --out FILE.pdf");
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto draft = derivation_of(*site, *year, if_given(options.draft));
    if (!draft) return draft.problem();
    auto waterfall = waterfall_of(draft->file.inputs, draft->file.derivation,
                                  PracticeCode(options.practice), line);
    if (!waterfall) return waterfall.problem();
    waterfall->file = draft->draft.derivation.path.string();
    const auto text = rendered_as(*waterfall, terminal.json ? "json" : options.format);
    if (!text) return text.problem();
    return write_or_print(*text, options.out);
}

struct CompareOptions {
    std::vector<std::string> schemes;
    std::string year, draft, format = "text", out;
};

// A practice's sums under one scheme.
ComparedAmounts amounts_of(const Derivation& derivation, PracticeCode practice) {
    ComparedAmounts sums;
    for (std::size_t i = 0; i < derivation.lines.size(); ++i) {
        const DerivedLine& line = derivation.lines[i];
        if (line.practice != practice) continue;
        sums.opening += line.opening;
        sums.budget += line.paced;
        const auto& target = derivation.year.budgets[i].target;
        if (!target) continue;
        sums.fair_share += *target;
        sums.stand_still_of_it += line.stand_still;
        sums.budget_of_it += line.paced;
    }
    return sums;
}

ComparedBudgets table_of(const SchemeComparison& comparison) {
    ComparedBudgets table;
    table.title = fmt::format("Budgets of {} compared, on the figures of the draft '{}'",
                              to_text(comparison.inputs.year), comparison.draft.name);
    for (const ComparedScheme& scheme : comparison.schemes) {
        table.schemes.push_back({scheme.name, scheme.title});
    }
    for (const DerivationPractice& practice : comparison.inputs.practices) {
        ComparedPractice row{practice.practice.text(), practice.name, {}};
        for (const ComparedScheme& scheme : comparison.schemes) {
            row.under.push_back(amounts_of(scheme.derivation, practice.practice));
        }
        table.practices.push_back(std::move(row));
    }
    return table;
}

Outcome compare_budgets(const Terminal& terminal, const CompareOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto comparison = compare_schemes(*site, *year, if_given(options.draft), options.schemes);
    if (!comparison) return comparison.problem();
    const ComparedBudgets table = table_of(*comparison);
    if (terminal.json || options.format == "json") {
        return write_or_print(as_json(table), options.out);
    }
    if (options.format == "text") return write_or_print(as_text(table), options.out);
    if (options.format == "csv") return write_or_print(as_csv(table), options.out);
    if (options.format == "html") return write_or_print(as_html(table), options.out);
    return bad_input("budgets are compared as text, json, csv or html");
}

void add_set(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<SetOptions>();
    auto* command = budget.add_subcommand(
        "set", "Set a year's budgets by a scheme: a draft on record, with its derivation");
    command->add_option("--year", options->year, "The budgets' year, such as 2018/19")->required();
    command->add_option("--scheme", options->scheme, "A scheme's name (pbc-2009, ...) or file")
        ->required();
    command->add_option("--draft", options->draft, "A name for the draft")->required();
    command
        ->add_option("--allocation", options->allocation,
                     "CSV: line, pence: the commissioner's money of the year")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--by", options->by, "Who sets them")->required();
    command
        ->add_option("--weights", options->weights,
                     "Need weights: NHS England's practice weighted populations, or CSV: practice, "
                     "general_and_acute, prescribing, ...")
        ->check(CLI::ExistingFile);
    command
        ->add_option("--entries", options->entries,
                     "Dated entries, CSV: date, author, reason, practice, line, recurrent, pence; "
                     "kind (full_year_effect, transfer, prior_year_item, deficit_repayment, "
                     "contingency, top_slice, other)")
        ->check(CLI::ExistingFile);
    command
        ->add_option("--savings", options->savings,
                     "Savings of earlier years, CSV: date, author, reason, practice, line, year, "
                     "saved_pence, before_pence: the saver's baseline is not cut")
        ->check(CLI::ExistingFile);
    command->add_option("--baseline-from", options->baseline_from,
                        "First month of the baseline (default: April of the year before)");
    command->add_option("--baseline-to", options->baseline_to,
                        "Last month of the baseline (default: March before the year)");
    command->add_option("--list-then", options->list_then,
                        "The day of the baseline's lists (default: its first)");
    command->add_option("--list-now", options->list_now,
                        "The day of the budgets' lists (default: 1 April of the year)");
    command->add_option("--note", options->note, "A note to keep with the draft");
    command->callback(
        [options, &terminal] { terminal.run([&] { return set(terminal, *options); }); });
}

void add_explain(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<ExplainBudgetOptions>();
    auto* command =
        budget.add_subcommand("explain", "How a practice's budget was worked out, step by step");
    command->add_option("practice", options->practice, "The practice's code")->required();
    command->add_option("--year", options->year, "The budgets' year")->required();
    command->add_option("--draft", options->draft, "The draft's name (default: the newest)");
    command->add_option("--line", options->line, "One line only, such as prescribing");
    command->add_option("--format", options->format,
                        "text, json, csv, html or pdf (default: text)");
    command->add_option("--out", options->out, "A file (default: the terminal)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return explain_budget(terminal, *options); }); });
}

void add_rederive(CLI::App& budget, Terminal& terminal) {
    auto file = std::make_shared<std::string>();
    auto* command = budget.add_subcommand(
        "rederive", "Work budgets out again from a derivation file, without a site");
    command->add_option("file", *file, "The derivation file")->required()->check(CLI::ExistingFile);
    command->callback(
        [file, &terminal] { terminal.run([&] { return rederive_command(terminal, *file); }); });
}

void add_compare(CLI::App& budget, Terminal& terminal) {
    auto options = std::make_shared<CompareOptions>();
    auto* command = budget.add_subcommand(
        "compare", "The same money under several methods or schemes: who gains, who loses");
    command
        ->add_option("methods", options->schemes,
                     "historic, fair-share or blend (the draft's scheme with all lines under it); "
                     "or schemes' names or files")
        ->required();
    command->add_option("--year", options->year, "The budgets' year")->required();
    command->add_option("--draft", options->draft,
                        "The draft whose figures are used (default: the newest)");
    command->add_option("--format", options->format, "text, json, csv or html (default: text)");
    command->add_option("--out", options->out, "A file (default: the terminal)");
    command->callback([options, &terminal] {
        terminal.run([&] { return compare_budgets(terminal, *options); });
    });
}

}  // namespace

void add_budget_setting_commands(CLI::App& budget, Terminal& terminal) {
    add_set(budget, terminal);
    add_explain(budget, terminal);
    add_rederive(budget, terminal);
    add_compare(budget, terminal);
}

}  // namespace purse
