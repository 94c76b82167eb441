// A small table that a site keeps beside its stores (its `local` folder): written whole or not at
// all, unreadable only by somebody's editing it, and every change of it in the audit trail.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "desk/imports.hpp"
#include "desk/site.hpp"
#include "organisation/published_row.hpp"

namespace purse {

struct KeptTable {
    std::filesystem::path place;
    std::string before;  // as CSV
    std::string after;
    std::string_view holds;   // "national rates"
    std::string_view action;  // whose permission the change is of
};

// Puts the table in place where it changed; says in the report where it did not.
Result<ImportReport> keep(Site& site, const KeptTable& table, ImportReport report);

// A kept table has no row that cannot be read.
Outcome all_read(const std::filesystem::path& place, const std::vector<UnreadRow>& unread);

// "line 12, column year: ...", with what to do.
std::vector<std::string> in_words(const std::vector<UnreadRow>& unread);

}  // namespace purse
