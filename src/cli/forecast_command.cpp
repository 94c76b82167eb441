// Where the year may end (forecast).
#include <fmt/format.h>

#include <fstream>

#include "cli/commands.hpp"
#include "desk/year_forecasts.hpp"
#include "render/year_end_pages.hpp"

namespace purse {

namespace {

struct ForecastOptions {
    std::string practice;
    std::string month;
    std::string format = "text";
    std::string line;
    std::string out;
};

Result<std::optional<BudgetLine>> line_asked(const std::string& code) {
    if (code == "total") return std::optional<BudgetLine>();
    const auto line = parse_budget_line(code);
    if (!line) return line.problem();
    return std::optional(*line);
}

Outcome deliver(const YearEnd& year_end, Format format, const ForecastOptions& options) {
    const std::string bytes = rendered(year_end, format);
    if (options.out.empty() && format != Format::xlsx) {
        fmt::print("{}", bytes);
        return Nothing{};
    }
    const std::string name = options.practice.empty() ? "all" : options.practice;
    const std::filesystem::path file =
        options.out.empty()
            ? fmt::format("forecast-{}-{}.{}", name, options.month, extension(format))
            : options.out;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) return Problem{ProblemKind::unavailable, "cannot write " + file.string()};
    fmt::print("written: {}\n", file.string());
    return Nothing{};
}

Outcome forecast(Terminal& terminal, const ForecastOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto reports = open_month(*site, *month);
    if (!reports) return reports.problem();
    const auto kept = forecast_of(*site, *reports);
    if (!kept) return kept.problem();
    const Account account(options.practice);
    if (!options.line.empty()) {
        const auto line = line_asked(options.line);
        if (!line) return line.problem();
        const auto working = forecast_working(*reports, *kept, account, *line);
        if (!working) return working.problem();
        fmt::print("{}", as_text(*working));
        return Nothing{};
    }
    const auto year_end = year_end_of(*reports, *kept, account);
    if (!year_end) return year_end.problem();
    return deliver(*year_end, *format, options);
}

}  // namespace

void add_forecast_command(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<ForecastOptions>();
    auto* command = app.add_subcommand(
        "forecast", "Where the year may end, with its range and how earlier forecasts did");
    command->add_option("practice", options->practice,
                        "The practice's code; without it, the commissioner and every practice");
    command->add_option("--month", options->month, "A closed month, such as 2017-06")->required();
    command->add_option("--format", options->format, "text, json, csv, xlsx or html");
    command->add_option("--out", options->out, "The file to write");
    command->add_option("--why", options->line,
                        "How one line's forecast came about (its code, such as ae, or total)");
    command->callback(
        [options, &terminal] { terminal.run([&] { return forecast(terminal, *options); }); });
}

}  // namespace purse
