// A waterfall as a table of its steps, and as the pages are told it.
#pragma once

#include <string>

#include "budget/derivation.hpp"
#include "render/statement_table.hpp"

namespace purse {

ReportTable table_of(const Waterfall& waterfall);
std::string waterfall_page(const Waterfall& waterfall, const std::string& draft);

}  // namespace purse
