// Block contracts as a site imports them, and as a closing takes them. They are kept in the site's
// local/block_contracts.csv, beside its local prices.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "budget/block_contracts.hpp"
#include "desk/imports.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

// A contract replaces the earlier one of the same provider, line and year, whole. Refused row by
// row: a line that records are priced for would be paid twice.
Result<ImportReport> import_blocks(Site& site, const std::filesystem::path& file);

// What a closing of the month keeps: the contracts of its financial year and of the year before,
// with what they are shared out by. Lists are those of each year's first day; a practice of the
// file that is no practice of ours that day stands for its unattributed account, and what can be
// shared with nobody is that of unknown practices.
Result<std::vector<SharedContract>> contracts_to_close(const Site& site, Month month,
                                                       const Affiliations& affiliations);

// What is to be said of the contracts in a closing: weights that were not known, and whether they
// are those imported now (a closing made before they were counted, or imported, has none).
Result<std::vector<std::string>> contract_notes(const Site& site,
                                                const std::vector<SharedContract>& closed,
                                                Month month);

}  // namespace purse
