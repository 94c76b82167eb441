// Budgets from plain columns, without a site: what `purse budget compute` reads and writes.
// docs/budget-setting.md describes the columns.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "budget/line_budgets.hpp"

namespace purse {

// practice, line, historic_pence, list_size, weight. Every fault of the file is told, up to twenty,
// each with its line and column.
Result<std::vector<LineHistory>> read_histories(const std::filesystem::path& file);
Result<std::vector<LineHistory>> read_histories_text(std::string text, std::string name);

// line, pence.
Result<Envelopes> read_envelopes(const std::filesystem::path& file);
Result<Envelopes> read_envelopes_text(std::string text, std::string name);

// practice, line, historic_pence, target_pence, distance_before, budget_pence, distance_after,
// years_to_tolerance, floor_applied, cap_applied, minimum_unfunded: a row a practice and line.
std::string as_csv(const YearBudgets& year);

}  // namespace purse
