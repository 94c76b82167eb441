// GP referrals of a month and waiting lists of a day, read from files and kept in the register as
// counts.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "activity/counted_care.hpp"
#include "desk/imports.hpp"
#include "register/counted_extracts.hpp"

namespace purse {

struct CountedOptions {
    std::string layout;  // its name; empty: recognised by the headings
    std::string source;  // who gives the files; empty: the layout's name
};

// All files of one month and source together. They take the place of what the source gave for the
// month before; the same files again change nothing.
Result<ImportReport> import_referrals(Site& site, const std::vector<std::filesystem::path>& files,
                                      Month month, const CountedOptions& options = {});
Result<ImportReport> import_waiting_list(Site& site,
                                         const std::vector<std::filesystem::path>& files,
                                         Date as_at, const CountedOptions& options = {});

}  // namespace purse
