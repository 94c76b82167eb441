#include <fmt/format.h>

#include <fstream>

#include "cli/commands.hpp"
#include "desk/benchmarking.hpp"
#include "desk/clock.hpp"
#include "render/benchmark_pages.hpp"
#include "render/rendering.hpp"
#include "render/table_files.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

struct BenchmarkOptions {
    std::string practice, measure, month, why;
    std::string format = "text", out;
    std::string from, by, reason;
};

template <class Report>
Result<std::string> bytes_of(const Report& report, Format format, const std::string& title) {
    switch (format) {
        case Format::text:
            return as_text(report);
        case Format::json:
            return as_json(report) + "\n";
        case Format::csv:
            return csv_of(table_of(report));
        case Format::xlsx:
            return xlsx_of("Purse", {title}, table_of(report));
        case Format::html:
            break;
    }
    return bad_input("there is no html of this: text, json, csv or xlsx (the pages show it)");
}

// To --out, or to the terminal; a spreadsheet always goes to a file.
template <class Report>
Outcome deliver(const Report& report, const BenchmarkOptions& options, const Terminal& terminal,
                const std::string& name, const std::string& title) {
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    const auto bytes = bytes_of(report, *format, title);
    if (!bytes) return bytes.problem();
    if (options.out.empty() && *format != Format::xlsx) {
        fmt::print("{}", *bytes);
        return Nothing{};
    }
    const fs::path file(options.out.empty() ? name + "." + std::string(extension(*format))
                                            : options.out);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << *bytes;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    fmt::print("written: {}\n", file.string());
    return Nothing{};
}

// The month asked for, or the latest that is closed.
Result<Month> month_of(const Site& site, const std::string& text) {
    if (!text.empty()) return parse_month(text);
    const auto closings = site.decisions().closings();
    if (closings.empty()) return not_found("no month is closed yet: run 'purse close MONTH'");
    return closings.back().closing.month;
}

Outcome peers(Terminal& terminal, const BenchmarkOptions& options) {
    if (options.practice.empty() && options.measure.empty()) {
        return bad_input("name a practice, or give --measure to see it over all practices");
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto month = month_of(*site, options.month);
    if (!month) return month.problem();
    const auto all = compare_practices(*site, *month);
    if (!all) return all.problem();
    const std::string when = to_text(*month);
    if (options.practice.empty()) {
        const auto report = comparison_of(*all, options.measure);
        if (!report) return report.problem();
        return deliver(*report, options, terminal, options.measure + "-" + when, report->says);
    }
    const std::string& why = options.why.empty() ? options.measure : options.why;
    if (!why.empty()) {
        const auto working = rate_working_of(*all, options.practice, why);
        if (!working) return working.problem();
        fmt::print("{}", terminal.json ? as_json(*working) + "\n" : as_text(*working));
        return Nothing{};
    }
    const auto report = benchmarks_of(*all, chart_rebases_of(*site), options.practice);
    if (!report) return report.problem();
    return deliver(*report, options, terminal, options.practice + "-peers-" + when, report->says);
}

Outcome chart(Terminal& terminal, const BenchmarkOptions& options) {
    if (options.practice.empty() || options.measure.empty()) {
        return bad_input("name a practice and a measure: purse chart X90001 first_outpatient");
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto month = month_of(*site, options.month);
    if (!month) return month.problem();
    const auto all = compare_practices(*site, *month);
    if (!all) return all.problem();
    const auto report = chart_of(*all, chart_rebases_of(*site), options.practice, options.measure);
    if (!report) return report.problem();
    return deliver(*report, options, terminal,
                   options.practice + "-" + options.measure + "-" + to_text(*month),
                   report->chart.says);
}

Outcome rebase(Terminal& terminal, const BenchmarkOptions& options) {
    const auto from = parse_month(options.from);
    if (!from) return from.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto done = rebase_chart(*site, {.practice = PracticeCode(options.practice),
                                           .measure = options.measure,
                                           .from = *from,
                                           .person = options.by,
                                           .reason = options.reason,
                                           .at = site->now()});
    if (!done) return done;
    fmt::print("The limits of {} {} start anew from {} (by {}: {}).\n", options.practice,
               options.measure, in_words(*from), options.by, options.reason);
    return Nothing{};
}

void add_output(CLI::App& command, BenchmarkOptions& options) {
    command.add_option("--month", options.month,
                       "The month, such as 2017-06 (default: the latest)");
    command.add_option("--format", options.format, "text, json, csv or xlsx");
    command.add_option("--out", options.out, "The file to write");
}

}  // namespace

void add_benchmark_commands(CLI::App& app, Terminal& terminal) {
    auto of_peers = std::make_shared<BenchmarkOptions>();
    auto* peer = app.add_subcommand(
        "peers", "A practice beside others: rates, and whether chance and honest differences do");
    peer->add_option("practice", of_peers->practice, "The practice's code");
    peer->add_option("--measure", of_peers->measure,
                     "A measure, such as first_outpatient: without a practice, over all of them");
    peer->add_option("--why", of_peers->why, "How the rate of this measure was worked out");
    add_output(*peer, *of_peers);
    peer->callback(
        [of_peers, &terminal] { terminal.run([&] { return peers(terminal, *of_peers); }); });

    auto of_chart = std::make_shared<BenchmarkOptions>();
    auto* charts = app.add_subcommand("chart", "A practice's measure month by month, on a chart");
    charts->add_option("practice", of_chart->practice, "The practice's code");
    charts->add_option("measure", of_chart->measure, "The measure, such as first_outpatient");
    add_output(*charts, *of_chart);
    auto of_rebase = std::make_shared<BenchmarkOptions>();
    auto* moved = charts->add_subcommand("rebase", "Start a chart's limits anew from a month on");
    moved->add_option("practice", of_rebase->practice, "The practice's code")->required();
    moved->add_option("measure", of_rebase->measure, "The measure")->required();
    moved->add_option("--from", of_rebase->from, "The first month of the new limits")->required();
    moved->add_option("--by", of_rebase->by, "Who answers for it")->required();
    moved->add_option("--reason", of_rebase->reason, "What changed, in words")->required();
    moved->callback(
        [of_rebase, &terminal] { terminal.run([&] { return rebase(terminal, *of_rebase); }); });
    charts->callback([of_chart, charts, &terminal] {
        if (charts->get_subcommands().empty()) {
            terminal.run([&] { return chart(terminal, *of_chart); });
        }
    });
}

}  // namespace purse
