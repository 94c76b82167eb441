// Block contracts as a site imports them, shared out to the practices of a month. They are kept in
// the site's local/block_contracts.csv, beside its local prices.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "budget/block_contracts.hpp"
#include "desk/imports.hpp"
#include "desk/statements.hpp"

namespace purse {

// A contract replaces the earlier one of the same provider, line and year, whole. Refused row by
// row: a line that records are priced for would be paid twice.
Result<ImportReport> import_blocks(Site& site, const std::filesystem::path& file);

struct BlocksOfMonth {
    std::map<Account, std::vector<BlockShare>> shares;  // as statements show accounts
    std::vector<std::string> notes;                     // what is shared with nobody, and why
};
// By the lists of the year's first day; merged practices have their parts together.
Result<BlocksOfMonth> block_shares(const Site& site, const MonthReports& reports);

}  // namespace purse
