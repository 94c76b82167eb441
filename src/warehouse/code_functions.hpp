// Codes and accounts as functions of SQL.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "organisation/affiliation.hpp"
#include "warehouse/database.hpp"

namespace purse {

// Registers purse_code(text) and purse_text(code), between texts and packed codes.
void register_codes(Database& database);
// Registers purse_account(practice, commissioner, day): the packed account.
void register_accounts(Database& database, const Affiliations& affiliations);

// The accounts of records, as those functions give them; all empty without affiliations.
void fill_accounts(const Affiliations* affiliations, std::span<const std::uint64_t> practices,
                   std::span<const std::uint64_t> commissioners, std::span<const std::int32_t> days,
                   std::vector<std::uint64_t>& accounts);

}  // namespace purse
