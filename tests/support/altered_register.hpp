// A register changed behind the program's back, as somebody with the file could.
#pragma once

#include <filesystem>
#include <string>

namespace purse::testing {

void alter_register(const std::filesystem::path& sqlite_file, const std::string& sql);

}  // namespace purse::testing
