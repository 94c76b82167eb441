// The program `purse` as a child process that can be killed at a given instant.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace purse::testing {

struct ChildEnd {
    bool killed = false;  // by our signal; otherwise it ended by itself
    int exit_code = -1;
    std::chrono::microseconds lasted{};
    std::string says;  // what it wrote on stdout and stderr
};

// Runs the program to its end, or sends SIGKILL when `kill_after` has passed.
ChildEnd run_purse(const std::vector<std::string>& arguments, const std::filesystem::path& log,
                   std::optional<std::chrono::microseconds> kill_after = {});

}  // namespace purse::testing
