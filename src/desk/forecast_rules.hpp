// The rules of completion and forecasts: rules/forecast.toml.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "monitoring/completion.hpp"

namespace purse {

// The problem names the file, the line and the key.
Result<CompletionRules> read_completion_rules(const std::filesystem::path& file);

}  // namespace purse
