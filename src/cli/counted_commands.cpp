#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "desk/counted_imports.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

struct CountedCommandOptions {
    std::vector<std::string> files;
    std::string month, as_at;
    CountedOptions counted;
};

std::vector<std::filesystem::path> paths_of(const std::vector<std::string>& files) {
    return {files.begin(), files.end()};
}

Outcome import_counted(Terminal& terminal, const CountedCommandOptions& options) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    Result<ImportReport> report = not_found("");
    if (!options.month.empty()) {
        const auto month = parse_month(options.month);
        if (!month) return month.problem();
        report = import_referrals(*site, paths_of(options.files), *month, options.counted);
    } else {
        const auto as_at = parse_date(options.as_at);
        if (!as_at) return as_at.problem();
        report = import_waiting_list(*site, paths_of(options.files), *as_at, options.counted);
    }
    if (!report) return report.problem();
    print_import(*report, terminal);
    return Nothing{};
}

void list_extracts(const Site& site) {
    for (const CountedExtract& one : site.decisions().counted_extracts()) {
        const NewCountedExtract& extract = one.extract;
        fmt::print(
            "{:>4}  {:<12}  {:<10}  {:<20}  {} rows, {} counted, {} rejected, {} passed "
            "over  {}{}\n",
            one.number, to_text(extract.kind), extract.about, extract.source, extract.rows,
            extract.accepted, extract.rejected, extract.passed_over, extract.files,
            one.replaced_by ? fmt::format(" (replaced by {})", *one.replaced_by) : "");
    }
}

void print_referrals(const Site& site, std::int64_t number) {
    fmt::print("month,practice,provider,specialty,priority,sex,age_from,referrals\n");
    for (const ReferralCount& one : site.decisions().referrals_of(number)) {
        fmt::print("{}", csv_line({to_text(one.month), one.practice.text(), one.provider.text(),
                                   one.specialty, one.priority, std::string(1, one.sex),
                                   one.age_from ? std::to_string(*one.age_from) : "",
                                   std::to_string(one.count)}));
    }
}

void print_waiting(const Site& site, std::int64_t number) {
    fmt::print("practice,provider,treatment_function,waits_for,hrg,weeks_from,patients\n");
    for (const WaitingCount& one : site.decisions().waiting_of(number)) {
        fmt::print("{}", csv_line({one.practice.text(), one.provider.text(), one.treatment_function,
                                   one.waits_for, one.hrg, std::to_string(one.weeks_from),
                                   std::to_string(one.count)}));
    }
}

Outcome show_counted(Terminal& terminal, std::int64_t number) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    if (number == 0) {
        list_extracts(*site);
        return Nothing{};
    }
    for (const CountedExtract& one : site->decisions().counted_extracts()) {
        if (one.number != number) continue;
        if (one.extract.kind == CountedKind::referrals) {
            print_referrals(*site, number);
        } else {
            print_waiting(*site, number);
        }
        return Nothing{};
    }
    return not_found(fmt::format("there is no extract {}: 'purse counted' lists them", number));
}

}  // namespace

void add_counted_imports(CLI::App& import, Terminal& terminal) {
    const auto add = [&](const char* name, const char* says, const char* option,
                         std::string CountedCommandOptions::* day, const char* of_day) {
        auto options = std::make_shared<CountedCommandOptions>();
        auto* command = import.add_subcommand(name, says);
        command->add_option("files", options->files, "The files")
            ->required()
            ->check(CLI::ExistingPath);
        command->add_option(option, (*options).*day, of_day)->required();
        command->add_option("--layout", options->counted.layout,
                            "The layout's name (else recognised by the headings)");
        command->add_option("--source", options->counted.source,
                            "Who gives the files: theirs of the same time are replaced");
        command->callback([options, &terminal] {
            terminal.run([&] { return import_counted(terminal, *options); });
        });
    };
    add("referrals", "GP referrals of a month, kept as counts", "--month",
        &CountedCommandOptions::month, "The month, such as 2017-06");
    add("waiting-list", "Patients waiting on a day, kept as counts", "--as-at",
        &CountedCommandOptions::as_at, "The day of the list");
}

void add_counted_command(CLI::App& app, Terminal& terminal) {
    auto number = std::make_shared<std::int64_t>(0);
    auto* command =
        app.add_subcommand("counted", "Referrals and waiting lists: what is imported, and counts");
    command->add_option("number", *number, "An extract's number: its counts as CSV");
    command->callback(
        [number, &terminal] { terminal.run([&] { return show_counted(terminal, *number); }); });
}

}  // namespace purse
