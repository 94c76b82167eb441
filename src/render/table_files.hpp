// Any table as CSV and as a spreadsheet.
#pragma once

#include <string>
#include <vector>

#include "render/statement_table.hpp"

namespace purse {

std::string csv_of(const ReportTable& table);
// One sheet; `above` are lines of text over the headings.
std::string xlsx_of(const std::string& sheet, const std::vector<std::string>& above,
                    const ReportTable& table);

// `above` are lines of text over the headings.
struct Sheet {
    std::string name;
    std::vector<std::string> above;
    ReportTable table;
};
std::string xlsx_of(const std::vector<Sheet>& sheets);

}  // namespace purse
