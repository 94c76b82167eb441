#include "cli/commands.hpp"

namespace purse {

void add_budget_commands(CLI::App& app, Terminal& terminal) {
    auto* budget = app.add_subcommand(
        "budget", "A year's budgets: setting them, and the dialogue that agrees them");
    budget->require_subcommand(1);
    add_budget_setting_commands(*budget, terminal);
    add_budget_compute_command(*budget, terminal);
    add_budget_in_year_commands(*budget, terminal);
    add_budget_weights_command(*budget, terminal);
    add_dialogue_commands(*budget, terminal);
}

}  // namespace purse
