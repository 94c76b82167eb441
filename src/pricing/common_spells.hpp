// The charges of a batch of spells, column by column. Most spells are common: no rule excludes
// them, their HRG has one price for their admission, and nothing is paid beside it. Their charges
// are worked out in passes over the columns; every other spell's is spell_charge's, which gives the
// common ones the same.
#pragma once

#include "pricing/price_tables.hpp"

namespace purse {

// Rows of the columns, from one on.
SpellColumns part_of(SpellColumns in, std::size_t from, std::size_t rows);

void price_spells_by_column(const PriceBook::Tables& tables, const SpellColumns& in,
                            ChargeColumns& out);

}  // namespace purse
