// The price list to measure with, and spells for it.
#pragma once

#include <filesystem>

#include "measuring.hpp"
#include "pricing/price_book.hpp"
#include "rulebook/tariff.hpp"
#include "warehouse/database.hpp"

namespace purse {

// The settings' tariff, or without one a made-up list in which every rule of spells has work: best
// practice prices, top-ups by flag and by code, unbundled HRGs, HRGs without a price.
Tariff bench_tariff(const Settings& settings);

PriceBook bench_book(const Settings& settings);

// Writes spells of a made-up hospital mix as Parquet: 55% elective (most of them day cases), 45%
// emergency, stays with a long tail, a fifth of the HRGs carrying most of the activity; of twenty
// spells about one each has a best practice flag, unbundled HRGs, several episodes; of forty one
// has a top-up flag; one in three has a procedure. The same for the same number of rows.
void write_bench_spells(Database& database, const PriceBook& book, std::int64_t rows,
                        const std::filesystem::path& out);

}  // namespace purse
