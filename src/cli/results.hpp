// What a command gives: printed, or written into a file.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "cli/commands.hpp"

namespace purse {

// By the `as_text` or `as_json` of what was given; or why it was not given.
template <class Given>
Outcome print_result(const Terminal& terminal, const Result<Given>& given) {
    if (!given) return given.problem();
    const std::string text = terminal.json ? as_json(*given) : as_text(*given);
    fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
    return Nothing{};
}

Outcome write_file(const std::filesystem::path& file, const std::string& bytes);

}  // namespace purse
