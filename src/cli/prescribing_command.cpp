#include <fmt/format.h>

#include <fstream>

#include "cli/commands.hpp"
#include "desk/prescribing.hpp"
#include "render/prescribing_pages.hpp"
#include "render/rendering.hpp"
#include "render/table_files.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

struct PrescribingOptions {
    std::string practice, month, format = "text", table, out;
};

Result<ReportTable> table_asked(const PrescribingReport& report, const std::string& table) {
    if (table == "savings") return savings_table(report);
    if (table == "sections") return sections_table(report);
    if (table == "measures") return measures_table(report);
    return bad_input("there is no table '" + table + "': savings, sections or measures");
}

Result<std::string> bytes_of(const PrescribingReport& report, const PrescribingOptions& options,
                             Format format) {
    if (!options.table.empty() && format != Format::csv && format != Format::xlsx) {
        return bad_input("--table chooses what a csv or xlsx has: say --format csv or xlsx");
    }
    if (format == Format::text) return as_text(report);
    if (format == Format::json) return as_json(report) + "\n";
    if (format == Format::html) {
        return bad_input("there is no html of this: text, json, csv or xlsx (the pages show it)");
    }
    const std::string name = options.table.empty() ? "savings" : options.table;
    const auto table = table_asked(report, name);
    if (!table) return table.problem();
    const std::string& says = name == "savings" ? report.savings_says : report.says;
    return format == Format::csv ? csv_of(*table)
                                 : xlsx_of("Prescribing", {report.name, says}, *table);
}

Outcome prescribing(Terminal& terminal, const PrescribingOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto reports = open_month(*site, *month);
    if (!reports) return reports.problem();
    const auto all = compare_prescribing(*site, *reports);
    if (!all) return all.problem();
    const auto report = prescribing_of(*all, options.practice);
    if (!report) return report.problem();
    const auto bytes = bytes_of(*report, options, *format);
    if (!bytes) return bytes.problem();
    if (options.out.empty() && *format != Format::xlsx) {
        fmt::print("{}", *bytes);
        return Nothing{};
    }
    const fs::path file(options.out.empty() ? options.practice + "-prescribing-" + options.month +
                                                  "." + std::string(extension(*format))
                                            : options.out);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << *bytes;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    fmt::print("written: {}\n", file.string());
    return Nothing{};
}

}  // namespace

void add_prescribing_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<PrescribingOptions>();
    auto* command = app.add_subcommand(
        "prescribing", "A practice's prescribing: by section, by unit, and at others' prices");
    command->add_option("practice", options->practice, "The practice's code")->required();
    command->add_option("--month", options->month, "The month, such as 2017-06")->required();
    command->add_option("--format", options->format, "text, json, csv or xlsx");
    command->add_option("--table", options->table,
                        "Of csv and xlsx: savings (default), sections or measures");
    command->add_option("--out", options->out, "The file to write");
    command->callback(
        [options, &terminal] { terminal.run([&] { return prescribing(terminal, *options); }); });
}

}  // namespace purse
