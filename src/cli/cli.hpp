// The command line: a thin door to the desk.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace purse {

struct Terminal;

// What another door adds to the commands (purse.cpp).
using MoreCommands = std::function<void(CLI::App&, Terminal&)>;

// Runs one command; the exit code is 0, or that of the problem (base/problem.hpp).
int run_command_line(int argc, char** argv, const MoreCommands& more = {});

}  // namespace purse
