// The commands, in groups; each adds its subcommands to the application.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "base/result.hpp"
#include "desk/loads.hpp"
#include "desk/site.hpp"

namespace purse {

// What every command can be told, and the exit code it leaves.
struct Terminal {
    std::string site;    // --site; empty: the nearest folder upwards
    std::string on;      // --on: the day, of a site for demonstration
    bool quiet = false;  // no progress
    bool json = false;   // summaries for machines
    int exit_code = 0;

    // Says the problem on stderr and keeps its exit code.
    void fail(const Problem& problem);
    // Changes made through it are in the audit trail as the actor's.
    [[nodiscard]] Result<Site> open_site() const;
    [[nodiscard]] static Actor actor();
    // Runs a command's work and reports its problem.
    void run(const std::function<Outcome()>& work);
    // Progress on stderr for anything that lasts longer than a second; nothing when quiet.
    // `unit` is what is counted beside the share done.
    [[nodiscard]] Progress progress(std::string what, std::string unit = "records") const;
};

void add_site_commands(CLI::App& app, Terminal& terminal);       // init, verify, clean, status
void add_import_commands(CLI::App& app, Terminal& terminal);     // import ...
void add_counted_imports(CLI::App& import, Terminal& terminal);  // import referrals, waiting-list
void add_counted_command(CLI::App& app, Terminal& terminal);     // counted
void add_practice_commands(CLI::App& app, Terminal& terminal);   // practices
void add_record_commands(CLI::App& app, Terminal& terminal);     // load, batches
void add_pricing_commands(CLI::App& app, Terminal& terminal);    // price, explain
void add_statement_commands(CLI::App& app, Terminal& terminal);  // close, statement, summary
void add_pack_command(CLI::App& app, Terminal& terminal);
void add_forecast_command(CLI::App& app, Terminal& terminal);  // forecast
void add_changes_command(CLI::App& app, Terminal& terminal);   // changes
void add_variance_command(CLI::App& app, Terminal& terminal);
void add_reprice_command(CLI::App& app, Terminal& terminal);
void add_budget_commands(CLI::App& app, Terminal& terminal);  // budget ...
void add_budget_setting_commands(CLI::App& budget, Terminal& terminal);
void add_budget_compute_command(CLI::App& budget, Terminal& terminal);
void add_budget_weights_command(CLI::App& budget, Terminal& terminal);
void add_budget_in_year_commands(CLI::App& budget, Terminal& terminal);  // budget adjust, reconcile
void add_dialogue_commands(CLI::App& budget, Terminal& terminal);        // budget offer, agree, ...
void add_challenge_commands(CLI::App& app, Terminal& terminal);          // challenge ...
void add_synth_command(CLI::App& app, Terminal& terminal);               // synth
void add_statistics_command(CLI::App& app, Terminal& terminal);
void add_benchmark_commands(CLI::App& app, Terminal& terminal);  // peers, chart
void add_alert_commands(CLI::App& app, Terminal& terminal);      // alerts ...
void add_prescribing_command(CLI::App& app, Terminal& terminal);
void add_account_commands(CLI::App& app, Terminal& terminal);  // account ..., audit ...

}  // namespace purse
