// Prescribing compared, as text, JSON and tables. The saving is one figure: the report's.
#pragma once

#include <string>

#include "benchmarking/prescribing_report.hpp"
#include "render/statement_table.hpp"

namespace purse {

std::string as_text(const PrescribingReport& report);
std::string as_json(const PrescribingReport& report);
// A row a medicine, and the total, which is their sum.
ReportTable savings_table(const PrescribingReport& report);
ReportTable sections_table(const PrescribingReport& report);
ReportTable measures_table(const PrescribingReport& report);

}  // namespace purse
