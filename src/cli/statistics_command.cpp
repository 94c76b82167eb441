#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>

#include "cli/commands.hpp"
#include "desk/statistics_tables.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

struct StatisticsOptions {
    std::string table;
    std::string input;
    std::string out;
};

Outcome describe(const StatisticsOptions& options) {
    if (options.table.empty()) {
        fmt::print("{}", list_of_statistics_tables());
        return Nothing{};
    }
    const auto table = find_statistics_table(options.table);
    if (!table) return table.problem();
    fmt::print("{}", described(**table));
    return Nothing{};
}

Outcome say(const Terminal& terminal, const StatisticsOptions& options,
            const StatisticsReport& report) {
    if (terminal.json) {
        boost::json::array refused(report.refused.begin(), report.refused.end());
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"table", options.table},
                                                                      {"cases", report.cases},
                                                                      {"rows", report.rows},
                                                                      {"refused", refused}}));
    } else {
        fmt::print("{}: {} cases, {} rows in {}\n", options.table, report.cases, report.rows,
                   options.out);
    }
    if (report.refused.empty()) return Nothing{};
    std::string all =
        fmt::format("{} of {} cases were refused:", report.refused.size(), report.cases);
    for (const std::string& one : report.refused) all += "\n  " + one;
    return bad_input(all);
}

Outcome statistics(const Terminal& terminal, const StatisticsOptions& options) {
    if (options.input.empty()) return describe(options);
    const auto table = find_statistics_table(options.table);
    if (!table) return table.problem();
    if (options.out.empty()) return bad_input("say where the answers go: --out FILE.csv");
    std::error_code fault;
    if (fs::equivalent(options.input, options.out, fault)) {
        return bad_input("--out names the input itself: the answers go to another file");
    }
    const auto report = work_out_statistics(**table, options.input, options.out);
    if (!report) return report.problem();
    return say(terminal, options, *report);
}

}  // namespace

void add_statistics_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<StatisticsOptions>();
    auto* command = app.add_subcommand(
        "statistics", "Rates, funnels, control charts, forecasts ... over plain columns");
    command->footer([] {
        std::string text = "Tables (purse statistics TABLE alone describes its columns):\n";
        return text + list_of_statistics_tables();
    });
    command->add_option("table", options->table, "One of the tables below; none: list them");
    command->add_option("input", options->input, "CSV: rows of the same case_id are one case");
    command->add_option("--out", options->out, "Where the answers are written, as CSV");
    command->callback(
        [options, &terminal] { terminal.run([&] { return statistics(terminal, *options); }); });
}

}  // namespace purse
