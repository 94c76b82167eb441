// A statement's and a summary's rows as cells, shared by the CSV and the spreadsheet: whole
// figures, amounts in pounds.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/statement.hpp"
#include "reports/summary.hpp"

namespace purse {

// A double is a rate or a limit, shown to two decimals.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, Pence, double>;

TableCell amount_cell(const std::optional<Pence>& amount);  // empty where there is none

struct ReportTable {
    std::vector<std::string> headings;
    std::vector<std::vector<TableCell>> rows;
};

ReportTable table_of(const Statement& statement);
ReportTable table_of(const Summary& summary);

}  // namespace purse
