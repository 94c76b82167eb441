// The command line: a thin door to the desk.
#pragma once

namespace purse {

// Runs one command; the exit code is 0, or that of the problem (base/problem.hpp).
int run_command_line(int argc, char** argv);

}  // namespace purse
