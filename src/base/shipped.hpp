// What comes with the program beside its own file: rules, pages, what prints.
#pragma once

#include <filesystem>

namespace purse {

// `installed`, below the prefix of the installed program ("share/purse/rules"), where it is there;
// else `in_source`, below the source tree that the program was built from ("rules").
std::filesystem::path shipped(const std::filesystem::path& installed,
                              const std::filesystem::path& in_source);

}  // namespace purse
