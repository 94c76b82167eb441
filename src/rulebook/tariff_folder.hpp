// The canonical form of a tariff: one CSV text a table, the same bytes for the same tariff.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rulebook/tariff.hpp"

namespace purse {

// File name and content, in a fixed order. "about.csv" (label, source) is no part of the version.
std::vector<std::pair<std::string, std::string>> canonical_tables(const Tariff& tariff);
// Digest of the canonical tables and the year.
std::string version_of(const Tariff& tariff);

}  // namespace purse
