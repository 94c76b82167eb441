#include "cli/cli.hpp"

#include <CLI/CLI.hpp>

namespace purse {

int run_command_line(int argc, char** argv) {
    CLI::App app{"Purse: one set of numbers for practice-based commissioning"};
    CLI11_PARSE(app, argc, argv);
    return 0;
}

}  // namespace purse
