// A secret that somebody wrote into a file of its own: read only where nobody else may read it.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace purse {

// The file's text without the line end behind it. Refused: a file that others may read (any mode
// but 600 or 400), an empty one, and one of more than 64 KiB.
Result<std::string> read_secret_file(const std::filesystem::path& file);

}  // namespace purse
