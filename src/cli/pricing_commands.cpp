#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "desk/statements.hpp"

namespace purse {

namespace {

struct PriceOptions {
    std::string set;
    std::string file;
    std::string tariff;
    std::string version;
    std::string grouped_by;
    std::string layout;
    std::string out;
    bool reconcile = false;
};

Outcome price(Terminal& terminal, const PriceOptions& options) {
    PriceFileRequest request;
    const auto set = parse_data_set(options.set);
    if (!set) return set.problem();
    const auto year = parse_financial_year(options.tariff);
    if (!year) return year.problem();
    request.set = *set;
    request.year = *year;
    request.file = options.file;
    if (!options.version.empty()) request.tariff_version = options.version;
    if (!options.grouped_by.empty()) {
        const auto grouped_by = parse_financial_year(options.grouped_by);
        if (!grouped_by) return grouped_by.problem();
        request.grouped_by = *grouped_by;
    }
    if (!options.layout.empty()) request.layout = options.layout;
    request.out = options.out.empty()
                      ? std::filesystem::path(options.file).stem().string() + ".priced.csv"
                      : options.out;
    request.reconcile = options.reconcile;
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto report = price_file(*site, request, terminal.progress("pricing"));
    if (!report) return report.problem();
    fmt::print("{}", terminal.json ? as_json(*report) : as_text(*report));
    if (!terminal.json) fmt::print("  written: {}\n", request.out.string());
    if (!report->refused.empty()) terminal.exit_code = exit_code(ProblemKind::conflict);
    return Nothing{};
}

struct ExplainOptions {
    std::string record;
    std::string set;
    std::int64_t batch = 0;
};

Outcome explain(Terminal& terminal, const ExplainOptions& options) {
    RecordQuestion question{options.record, {}, {}};
    if (!options.set.empty()) {
        const auto set = parse_data_set(options.set);
        if (!set) return set.problem();
        question.set = *set;
    }
    if (options.batch > 0) question.batch = BatchNumber{options.batch};
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto working = explain_record(*site, question);
    if (!working) return working.problem();
    site->decisions().record_audit({"read_patient_rows", "record " + options.record, "explained"});
    fmt::print("{}", as_text(*working));
    return Nothing{};
}

}  // namespace

void add_pricing_commands(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<PriceOptions>();
    auto* command =
        app.add_subcommand("price", "Price a file with the site's tariffs; store nothing");
    command->add_option("data_set", options->set, "apc, op or ae")->required();
    command->add_option("file", options->file, "CSV, gzip or Parquet")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--tariff", options->tariff, "The tariff's year, such as 2017/18")
        ->required();
    command->add_option(
        "--version-of-tariff", options->version,
        "An earlier version of the year's tariff (the first characters of its name)");
    command->add_option("--estimate-for", options->grouped_by,
                        "The year whose HRGs the file has: where the tariff lacks one, a labelled "
                        "estimate by its root (default: refused)");
    command->add_option("--layout", options->layout,
                        "A layout's name or file (default: recognised)");
    command->add_option("--out", options->out, "OUT.csv or OUT.parquet (default FILE.priced.csv)");
    command->add_flag("--reconcile", options->reconcile,
                      "Compare with the prices that the file itself carries");
    command->callback(
        [options, &terminal] { terminal.run([&] { return price(terminal, *options); }); });

    auto asked = std::make_shared<ExplainOptions>();
    auto* working =
        app.add_subcommand("explain", "The working of one record's price, step by step");
    working->add_option("record", asked->record, "The record's identifier")->required();
    working->add_option("--data-set", asked->set, "apc, op or ae (default: all are searched)");
    working->add_option("--batch", asked->batch,
                        "Look in this batch only, even one that was replaced since");
    working->callback(
        [asked, &terminal] { terminal.run([&] { return explain(terminal, *asked); }); });
}

}  // namespace purse
