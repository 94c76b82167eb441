// The rules of spells as an analyst would write them in SQL: tables of prices, joins, CASE and one
// rounding, in whole numbers.
#pragma once

#include <string>

#include "pricing/price_book.hpp"
#include "warehouse/database.hpp"

namespace purse {

// The price list as tables of SQL.
void fill_price_tables(Database& database, const PriceBook& book);

// A query for the line and final price of the scan's spells, but for those that are excluded or
// refused at sight, by the same rules as PriceBook::price_spells: exclusions (of every episode),
// admission types, best practice prices, short stays, trim points, top-ups by flag and by code,
// market forces factors, unbundled HRGs. Local prices are not among them: there are none to
// compare.
std::string plain_sql(const PriceBook& book, const std::string& scan);

// The same one multiplication in DuckDB's doubles, rounded to the penny, and in whole pence.
std::string doubles_sql(const std::string& scan);
std::string whole_pence_sql(const std::string& scan);

}  // namespace purse
