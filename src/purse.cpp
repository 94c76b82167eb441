#include "cli/cli.hpp"

int main(int argc, char** argv) { return purse::run_command_line(argc, argv); }
