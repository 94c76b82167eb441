#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/results.hpp"
#include "desk/alerts.hpp"
#include "desk/challenge_figures.hpp"
#include "desk/statements.hpp"
#include "render/rendering.hpp"
#include "render/text_table.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

struct StatementOptions {
    std::string practice;
    std::string month;
    std::string format = "text";
    std::string line;
    std::string out;
    std::size_t records = 10;
    int closing = 0;
    bool all = false;
};

// To --out, or to the terminal; a spreadsheet always goes to a file.
Outcome deliver(const std::string& bytes, const StatementOptions& options, Format format,
                const std::string& name) {
    if (options.out.empty() && format != Format::xlsx) {
        fmt::print("{}", bytes);
        return Nothing{};
    }
    const fs::path file = options.out.empty()
                              ? fs::path(name + "." + std::string(extension(format)))
                              : fs::path(options.out);
    const auto written = write_file(file, bytes);
    if (written) fmt::print("written: {}\n", file.string());
    return written;
}

std::string as_text(const Why& why) {
    std::string out = as_text(why.working);
    if (why.budget) out += "\n" + as_text(*why.budget);
    std::vector<std::vector<std::string>> rows = {
        {"  record", "month", "provider", "", "outcome", "price"}};
    for (const WhyRecord& record : why.records) {
        rows.push_back({"  " + record.record_id, to_text(record.month), record.provider,
                        record.what, record.outcome,
                        record.fine_price.empty() ? in_pounds(record.price) : record.fine_price});
    }
    if (why.records.empty()) return out;
    out += fmt::format("\n{} records", why.records_in_all);
    out += static_cast<std::size_t>(why.records_in_all) > why.records.size()
               ? fmt::format("; those that cost most ({}; --records 0 lists all):\n",
                             why.records.size())
               : ":\n";
    constexpr auto left = Align::left;
    out += aligned(rows, {left, left, left, left, left, Align::right});
    return out + "Each record's own working:  purse explain RECORD\n";
}

Result<ChallengedMonth> challenged_today(const Site& site, const MonthReports& reports) {
    return challenged_month(site, reports, site.today());
}

Summary summary_with_challenges(const MonthReports& reports, const ChallengedMonth& challenged) {
    Summary all = summary_of(reports);
    add_challenges(all, challenged);
    return all;
}

Outcome all_to_folder(const MonthReports& reports, const ChallengedMonth& challenged,
                      const StatementOptions& options, Format format) {
    const fs::path folder =
        options.out.empty() ? fs::path("statements-" + options.month) : fs::path(options.out);
    fs::create_directories(folder);
    std::vector<Statement> statements = all_statements(reports);
    for (Statement& statement : statements) add_challenges(statement, challenged);
    const std::string ending = "." + std::string(extension(format));
    for (const Statement& statement : statements) {
        const auto written =
            write_file(folder / (statement.code + ending), rendered(statement, format));
        if (!written) return written;
    }
    const auto written = write_file(folder / ("index" + ending),
                                    rendered(summary_with_challenges(reports, challenged), format));
    if (!written) return written;
    fmt::print("written: {} statements and the summary (index{}) in {}\n", statements.size(),
               ending, folder.string());
    return Nothing{};
}

Outcome statement(Terminal& terminal, const StatementOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    if (options.all == !options.practice.empty()) {
        return bad_input("name one practice, or give --all");
    }
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    if (!options.line.empty()) {
        const auto reason = why(*site, *month, options.practice, options.line, options.records);
        if (!reason) return reason.problem();
        fmt::print("{}", as_text(*reason));
        return Nothing{};
    }
    const auto reports = open_month(
        *site, *month, options.closing > 0 ? std::optional(options.closing) : std::nullopt);
    if (!reports) return reports.problem();
    const auto challenged = challenged_today(*site, *reports);
    if (!challenged) return challenged.problem();
    if (options.all) return all_to_folder(*reports, *challenged, options, *format);
    auto made = statement_of(*reports, options.practice);
    if (!made) return made.problem();
    add_challenges(*made, *challenged);
    return deliver(rendered(*made, *format), options, *format,
                   options.practice + "-" + options.month);
}

Outcome summary(Terminal& terminal, const StatementOptions& options) {
    const auto month = parse_month(options.month);
    if (!month) return month.problem();
    const auto format = parse_format(terminal.json ? "json" : options.format);
    if (!format) return format.problem();
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto reports = open_month(*site, *month);
    if (!reports) return reports.problem();
    const auto challenged = challenged_today(*site, *reports);
    if (!challenged) return challenged.problem();
    return deliver(rendered(summary_with_challenges(*reports, *challenged), *format), options,
                   *format, "summary-" + options.month);
}

Outcome close_one(Terminal& terminal, const std::string& text, bool again) {
    const auto month = parse_month(text);
    if (!month) return month.problem();
    auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto report = close_month(*site, *month, terminal.progress("closing " + text), again);
    if (!report) return report.problem();
    fmt::print("{}", terminal.json ? as_json(*report) : as_text(*report));
    if (report->already_closed || report->made_again) return Nothing{};
    const std::string began = alerts_after_closing(*site, *month);
    if (!began.empty() && !terminal.json) fmt::print("{} (purse alerts look)\n", began);
    return Nothing{};
}

}  // namespace

void add_statement_commands(CLI::App& app, Terminal& terminal) {
    auto month = std::make_shared<std::string>();
    auto again = std::make_shared<bool>(false);
    auto* close = app.add_subcommand("close", "Price what is loaded and fix the month");
    close->add_option("month", *month, "The month, such as 2017-06")->required();
    close->add_flag("--again", *again,
                    "Price a closed month anew from its inputs and compare every byte");
    close->callback([month, again, &terminal] {
        terminal.run([&] { return close_one(terminal, *month, *again); });
    });

    auto options = std::make_shared<StatementOptions>();
    auto* one = app.add_subcommand("statement", "A practice's statement of a closed month");
    one->add_option("practice", options->practice,
                    "The practice's code (or an unattributed account such as ~UNREG)");
    one->add_flag("--all", options->all, "One for every practice, and the summary, into a folder");
    one->add_option("--month", options->month, "The month, such as 2017-06")->required();
    one->add_option("--format", options->format, "text, json, csv, xlsx or html");
    one->add_option("--out", options->out, "The file, or with --all the folder, to write");
    one->add_option("--why", options->line,
                    "The working of one line (its code, such as non_elective, or total)");
    one->add_option("--records", options->records, "With --why: how many records (0: all)");
    one->add_option("--closing", options->closing,
                    "An earlier closing of the month, by its number");
    one->callback(
        [options, &terminal] { terminal.run([&] { return statement(terminal, *options); }); });

    auto* all = app.add_subcommand("summary", "All practices of a closed month, adding up");
    all->add_option("--month", options->month, "The month, such as 2017-06")->required();
    all->add_option("--format", options->format, "text, json, csv, xlsx or html");
    all->add_option("--out", options->out, "The file to write");
    all->callback(
        [options, &terminal] { terminal.run([&] { return summary(terminal, *options); }); });
}

}  // namespace purse
