#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "desk/verifying.hpp"

namespace purse {

namespace {

struct InitOptions {
    std::string folder;
    std::string commissioner;
    std::string name;
    std::vector<std::string> also_ours;
    std::string register_address;
};

Outcome init(const InitOptions& options) {
    if (packed(options.commissioner) == bad_code || options.commissioner.empty()) {
        return bad_input(fmt::format("'{}' is not an organisation code", options.commissioner));
    }
    SiteSettings settings;
    settings.commissioner = CommissionerCode(options.commissioner);
    settings.name = options.name.empty() ? options.commissioner : options.name;
    for (const std::string& code : options.also_ours) settings.also_ours.emplace_back(code);
    if (!options.register_address.empty()) settings.register_address = options.register_address;
    const auto site = Site::create(options.folder, settings);
    if (!site) return site.problem();
    fmt::print(
        "made the site of {} ({}) in {}\n"
        "next: purse import organisations, lists, tariff and budget; then purse load\n",
        settings.name, options.commissioner, options.folder);
    return Nothing{};
}

Outcome verify_site(Terminal& terminal) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const Verification result = verify(*site);
    if (terminal.json) {
        fmt::print("{}", as_json(result));
    } else {
        for (const auto& check : result.checks) {
            fmt::print("{}  {}{}\n", check.good ? "ok  " : "BAD ", check.what,
                       check.says.empty() ? "" : ": " + check.says);
        }
        for (const std::string& orphan : result.orphans) {
            fmt::print("note  {} belongs to nothing (a stopped run left it; purse clean)\n",
                       orphan);
        }
        fmt::print("{} checks, {}\n", result.checks.size(),
                   result.good() ? "all good" : "NOT all good");
    }
    if (!result.good()) terminal.exit_code = exit_code(ProblemKind::conflict);
    return Nothing{};
}

Outcome clean_site(Terminal& terminal) {
    const auto site = terminal.open_site();
    if (!site) return site.problem();
    const auto removed = clean(*site);
    for (const std::string& file : removed) fmt::print("removed {}\n", file);
    fmt::print("{} files removed\n", removed.size());
    return Nothing{};
}

}  // namespace

void add_site_commands(CLI::App& app, Terminal& terminal) {
    auto options = std::make_shared<InitOptions>();
    auto* make = app.add_subcommand("init", "Make a site: the folder of one commissioner");
    make->add_option("folder", options->folder, "The site's folder")->required();
    make->add_option("--commissioner", options->commissioner,
                     "The commissioner's organisation code")
        ->required();
    make->add_option("--name", options->name, "The commissioner's name");
    make->add_option("--also-ours", options->also_ours,
                     "Codes of predecessors whose practices are the commissioner's too");
    make->add_option("--register", options->register_address,
                     "postgresql://user@host/database, or a SQLite file (default register.db)");
    make->callback([options, &terminal] { terminal.run([&] { return init(*options); }); });

    app.add_subcommand("verify", "Check every stored file, batch and closing")
        ->callback([&terminal] { terminal.run([&] { return verify_site(terminal); }); });
    app.add_subcommand("clean", "Remove what stopped runs left behind")->callback([&terminal] {
        terminal.run([&] { return clean_site(terminal); });
    });
}

}  // namespace purse
