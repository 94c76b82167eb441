// The files around the records: README.txt, stories.csv, organisations, lists and budgets.
#pragma once

#include <filesystem>

#include "synthesis/record_files.hpp"

namespace purse {

void write_organisations(const World& world, const SynthesisOptions& options,
                         const std::filesystem::path& folder);
// The lists of every quarter's first day, by five-year age band and sex: lists/<day>.csv.
void write_lists(const World& world, const std::filesystem::path& folder);

struct BudgetAmount {
    PracticeCode practice;
    std::string line;
    Pence amount;
    Pence expected;  // before the spread: what its patients' age and sex make one expect
};
// A year's budgets as they might have been set: near the expected cost at the demo prices, with a
// spread, and without knowing of the planted stories.
std::vector<BudgetAmount> budgets_of(const RecordSource& source, std::size_t year);
void write_budgets(const RecordSource& source, const std::filesystem::path& folder);
// What `purse budget set` asks for: the commissioner's money by line (allocations/<year>.csv) and
// practices' need weights (weights/<year>.csv), as people of average need.
void write_allocations(const RecordSource& source, const std::filesystem::path& folder);

void write_readme(const World& world, const SynthesisOptions& options,
                  const std::filesystem::path& folder);
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace purse
