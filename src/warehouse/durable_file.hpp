// A file that is there whole or not at all: written beside its place, synced, and renamed into it.
#pragma once

#include <filesystem>

namespace purse {

// Syncs `written` to the disk, renames it to `place` (copying it first when the two are on
// different disks) and syncs the folder. Throws std::system_error when the disk does not play.
void put_in_place(const std::filesystem::path& written, const std::filesystem::path& place);

}  // namespace purse
