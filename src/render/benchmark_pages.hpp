// Comparisons as text for a terminal, JSON, and tables for CSV and spreadsheets. The figures and
// sentences are the report's; nothing is worked out here.
#pragma once

#include <string>

#include "benchmarking/benchmark_reports.hpp"
#include "render/statement_table.hpp"

namespace purse {

std::string as_text(const PracticeBenchmarks& report);
std::string as_json(const PracticeBenchmarks& report);
ReportTable table_of(const PracticeBenchmarks& report);

std::string as_text(const MeasureComparison& report);
std::string as_json(const MeasureComparison& report);
ReportTable table_of(const MeasureComparison& report);

std::string as_text(const ChartReport& report);
std::string as_json(const ChartReport& report);
ReportTable table_of(const ChartReport& report);

std::string as_text(const RateWorking& working);
std::string as_json(const RateWorking& working);

// The mark of a standing: a filled circle within, triangles outside, a ring where it cannot be
// told. Never without its word.
std::string_view mark_of(Standing standing);

}  // namespace purse
