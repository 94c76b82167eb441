// Budgets set elsewhere, read from a file: practice, year, line and annual amount, with an optional
// monthly profile. docs/budgets.md describes it column by column.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "budget/profile.hpp"
#include "organisation/codes.hpp"
#include "organisation/published_row.hpp"

namespace purse {

struct BudgetFileRow {
    PracticeCode practice;
    FinancialYear year;
    BudgetLine line = BudgetLine::day_case;
    Pence annual;
    std::optional<Profile> profile;  // none: the default of its line
    std::uint64_t file_line = 0;
};

struct BudgetFile {
    std::string file;
    std::size_t rows = 0;  // of data, read and unread together
    std::vector<BudgetFileRow> budgets;
    std::vector<UnreadRow> unread;
};

// Two rows of the same practice, year and line are both left out, each naming the other. A problem
// when the file cannot be opened or lacks a column.
Result<BudgetFile> read_budgets(const std::filesystem::path& file);
Result<BudgetFile> read_budgets_text(std::string text, std::string name);

}  // namespace purse
