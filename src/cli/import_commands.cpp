#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "desk/block_contracts.hpp"
#include "desk/imports.hpp"
#include "desk/national_rates.hpp"

namespace purse {

void print_import(const ImportReport& report, const Terminal& terminal) {
    if (terminal.json) {
        fmt::print("{}", as_json(report));
        return;
    }
    for (const ImportedPart& part : report.parts) {
        fmt::print("  {:<34} {:>7} rows  {}{}\n", part.name, part.rows, part.holds,
                   part.unread.empty() ? "" : fmt::format("; {} not read:", part.unread.size()));
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < std::min(most, part.unread.size()); ++i) {
            fmt::print("      {}\n", part.unread[i]);
        }
        if (part.unread.size() > most) {
            fmt::print("      and {} more (--json lists all)\n", part.unread.size() - most);
        }
    }
    for (const std::string& note : report.notes) fmt::print("  note: {}\n", note);
    fmt::print("{}: {}\n", report.file, report.says);
}

namespace {

struct ImportOptions {
    std::vector<std::string> files;
    std::string as_at;
    std::string year;
    std::string to_csv;
};

using Importer = std::function<Result<ImportReport>(Site&, const std::string&)>;

Outcome import_each(Terminal& terminal, const std::vector<std::string>& files,
                    const Importer& import) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    for (const std::string& file : files) {
        const auto report = import(*site, file);
        if (!report) return report.problem();
        print_import(*report, terminal);
    }
    return Nothing{};
}

Outcome import_tariffs(Terminal& terminal, const ImportOptions& options) {
    const auto year = parse_financial_year(options.year);
    if (!year) return year.problem();
    if (!options.to_csv.empty()) {
        const auto report = tariff_to_csv(options.files.front(), *year, options.to_csv);
        if (!report) return report.problem();
        print_import(*report, terminal);
        return Nothing{};
    }
    return import_each(terminal, options.files, [&](Site& site, const std::string& file) {
        return import_tariff(site, file, *year);
    });
}

Outcome import_list_files(Terminal& terminal, const ImportOptions& options) {
    const auto as_at = parse_date(options.as_at);
    if (!as_at) return as_at.problem();
    return import_each(terminal, options.files, [&](Site& site, const std::string& file) {
        return import_lists(site, file, *as_at);
    });
}

struct TariffsOptions {
    std::string year;
    std::string use;
};

Outcome list_tariffs(Terminal& terminal, const TariffsOptions& options) {
    auto site = terminal.open_site();
    if (!site) return site.problem();
    if (!options.use.empty()) {
        const auto year = parse_financial_year(options.year);
        if (!year) return year.problem();
        const auto version = site->decisions().tariff(*year, options.use);
        if (!version) return version.problem();
        const auto done = site->decisions().make_tariff_current(*year, version->tariff.version);
        if (!done) return done.problem();
    }
    for (const TariffVersion& version : site->decisions().tariffs()) {
        fmt::print("{}  {}. {}  {}  {}\n", to_text(version.tariff.year), version.sequence,
                   version.tariff.version.substr(0, 16), version.current ? "current" : "earlier",
                   version.tariff.label);
    }
    return Nothing{};
}

}  // namespace

void add_import_commands(CLI::App& app, Terminal& terminal) {
    auto* import = app.add_subcommand("import", "Import what is published or decided elsewhere");
    import->require_subcommand(1);
    auto options = std::make_shared<ImportOptions>();
    const auto with_files = [&](const char* name, const char* says) {
        auto* command = import->add_subcommand(name, says);
        command->add_option("files", options->files, "The files")
            ->required()
            ->check(CLI::ExistingPath);
        return command;
    };
    with_files("organisations", "Practices, providers, commissioners, networks, mergers")
        ->callback([options, &terminal] {
            terminal.run([&] {
                return import_each(terminal, options->files,
                                   [](Site& site, const std::string& file) {
                                       return import_organisations(site, file);
                                   });
            });
        });
    auto* lists = with_files("lists", "Registered lists of practices");
    lists->add_option("--as-at", options->as_at, "The day the lists were taken")->required();
    lists->callback([options, &terminal] {
        terminal.run([&] { return import_list_files(terminal, *options); });
    });
    auto* tariff = with_files("tariff", "A national tariff workbook, or a folder of CSVs");
    tariff->add_option("--year", options->year, "The financial year, such as 2017/18")->required();
    tariff->add_option("--to-csv", options->to_csv,
                       "Only write the workbook as a folder of CSVs (no site needed)");
    tariff->callback(
        [options, &terminal] { terminal.run([&] { return import_tariffs(terminal, *options); }); });
    with_files("budget", "Budgets by practice, year and line")->callback([options, &terminal] {
        terminal.run([&] {
            return import_each(terminal, options->files, [](Site& site, const std::string& file) {
                return import_budget(site, file);
            });
        });
    });
    with_files("national-rates", "National rates to compare with: code, year, rate, source")
        ->callback([options, &terminal] {
            terminal.run([&] {
                return import_each(terminal, options->files,
                                   [](Site& site, const std::string& file) {
                                       return import_national_rates(site, file);
                                   });
            });
        });

    with_files("blocks", "Block contracts: provider, line, year, annual_amount, rule")
        ->callback([options, &terminal] {
            terminal.run([&] {
                return import_each(
                    terminal, options->files,
                    [](Site& site, const std::string& file) { return import_blocks(site, file); });
            });
        });

    add_counted_imports(*import, terminal);

    auto versions = std::make_shared<TariffsOptions>();
    auto* tariffs = app.add_subcommand("tariffs", "List the price lists; every version is kept");
    tariffs->add_option("--use", versions->use, "Make this version (its first characters) current")
        ->needs(tariffs->add_option("--year", versions->year, "The version's financial year"));
    tariffs->callback(
        [versions, &terminal] { terminal.run([&] { return list_tariffs(terminal, *versions); }); });
}

}  // namespace purse
