// The room's rule files: read once, with the line of every fault.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

// A text that is not TOML, or not UTF-8, is a Problem with its line and column.
Result<toml::table> parse_toml(std::string_view text, std::string_view name);
Result<toml::table> read_toml(const std::filesystem::path& file);

// "rules/permissions.toml, line 12: ..."
Problem toml_fault(std::string_view name, const toml::node* where, std::string_view says);

}  // namespace purse
