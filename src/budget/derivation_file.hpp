// The derivation file: all inputs of a year's budgets and every level they were worked out through,
// as one CSV (kind, practice, line, item, value), so that anyone can work them out again without
// the site. docs/derivation.md describes it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "budget/derivation.hpp"

namespace purse {

// The same inputs give the same bytes.
std::string derivation_csv(const DerivationInputs& inputs, const Derivation& derivation);

struct DerivationFile {
    DerivationInputs inputs;
    Derivation derivation;  // worked out anew from the inputs
    std::size_t practices = 0;
    std::size_t figures = 0;               // results that the file gives
    std::vector<std::string> differences;  // each with the file's line; empty: they agree
};

// Reads the inputs, works the budgets out again and compares them with the file's own results. A
// problem where it is no derivation file, or its inputs cannot make budgets.
Result<DerivationFile> rederive(const std::filesystem::path& file);
Result<DerivationFile> rederive_text(std::string text, std::string name);

}  // namespace purse
