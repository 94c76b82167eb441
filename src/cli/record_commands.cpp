#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace purse {

namespace {

struct LoadOptions {
    std::string set;
    std::vector<std::string> files;
    std::string month;
    std::string extract;
    std::string layout;
};

Result<LoadCommand> request_of(const LoadOptions& options) {
    LoadCommand request;
    const auto set = parse_data_set(options.set);
    if (!set) return set.problem();
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto stage = parse_extract(options.extract);
    if (!stage) return stage.problem();
    request.set = *set;
    request.month = *month;
    request.stage = *stage;
    request.files.assign(options.files.begin(), options.files.end());
    if (!options.layout.empty()) request.layout = options.layout;
    return request;
}

Outcome load_files(Terminal& terminal, const LoadOptions& options) {
    const auto request = request_of(options);
    if (!request) return request.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto reports = load(*site, *request, terminal.progress("loading"));
    if (!reports) return reports.problem();
    for (const LoadReport& report : *reports) {
        fmt::print("{}", terminal.json ? as_json(report) : as_text(report));
    }
    return Nothing{};
}

Outcome list_batches(Terminal& terminal) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    for (const BatchInfo& batch : site->decisions().batches()) {
        fmt::print("{:>5}  {:<12} {}  {:<6} {:>10} accepted {:>7} rejected  {}\n",
                   batch.number.value, short_name(batch.load.set), to_text(batch.load.month),
                   to_text(batch.load.stage), batch.load.rows.accepted, batch.load.rows.rejected,
                   batch.load.files.empty() ? "" : batch.load.files.front().name);
    }
    return Nothing{};
}

}  // namespace

void add_record_commands(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<LoadOptions>();
    auto* command = app.add_subcommand("load", "Load a month's extract of records");
    command->add_option("data_set", options->set, "apc, op, ae or prescribing")->required();
    command->add_option("files", options->files, "CSV, gzip or Parquet; together one extract")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--month", options->month, "The month of activity, such as 2017-06")
        ->required();
    command->add_option("--extract", options->extract, "early, flex or freeze")->required();
    command->add_option("--layout", options->layout,
                        "A layout's name, or your own layout file (default: recognised)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return load_files(terminal, *options); }); });
    app.add_subcommand("batches", "List what was loaded")->callback([&terminal] {
        terminal.run([&] { return list_batches(terminal); });
    });
}

}  // namespace purse
