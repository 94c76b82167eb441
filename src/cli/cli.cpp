#include "cli/cli.hpp"

#include <fmt/format.h>

#include <exception>

#include "cli/commands.hpp"

#ifndef PURSE_VERSION
#define PURSE_VERSION "development"
#endif

namespace purse {

int run_command_line(int argc, char** argv, const MoreCommands& more) {
    CLI::App app{
        "Purse: one set of numbers for practice-based commissioning.\n"
        "A hospital's records in; a practice's statement out, with the working of every figure."};
    app.set_version_flag("--version", "purse " PURSE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.failure_message(CLI::FailureMessage::help);
    Terminal terminal;
    app.add_option("--site", terminal.site,
                   "The site's folder (default: the nearest folder upwards with a purse.toml)");
    app.add_option("--on", terminal.on,
                   "Of a site for demonstration: the day, such as 2017-03-10, that it is");
    app.add_flag("--quiet", terminal.quiet, "No progress on stderr");
    app.add_flag("--json", terminal.json, "Summaries as JSON on stdout");
    add_site_commands(app, terminal);
    add_import_commands(app, terminal);
    add_counted_command(app, terminal);
    add_practice_commands(app, terminal);
    add_record_commands(app, terminal);
    add_pricing_commands(app, terminal);
    add_statement_commands(app, terminal);
    add_pack_command(app, terminal);
    add_forecast_command(app, terminal);
    add_changes_command(app, terminal);
    add_variance_command(app, terminal);
    add_reprice_command(app, terminal);
    add_budget_commands(app, terminal);
    add_challenge_commands(app, terminal);
    add_account_commands(app, terminal);
    add_synth_command(app, terminal);
    add_statistics_command(app, terminal);
    add_benchmark_commands(app, terminal);
    add_prescribing_command(app, terminal);
    add_alert_commands(app, terminal);
    if (more) more(app, terminal);
    // The one place where faults of the world (disk, database) end.
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& fault) {
        const int code = app.exit(fault);
        return code == 0 ? 0 : exit_code(ProblemKind::bad_input);
    } catch (const std::exception& fault) {
        terminal.fail({ProblemKind::unavailable, fault.what()});
    }
    return terminal.exit_code;
}

}  // namespace purse
