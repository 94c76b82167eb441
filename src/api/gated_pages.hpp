// Statements, summaries and workings for readers who may not see small numbers: what the disclosure
// gate lets through of the year's one table (gated_year.hpp), and nothing that more could be worked
// out from (no series or records). The files are the pages' own figures, cell by cell.
#pragma once

#include <string>

#include "api/opened_months.hpp"
#include "desk/budget_dialogue.hpp"
#include "render/table_files.hpp"

namespace purse {

// A closed month, and the latest closed one of its year, which all figures are taken from.
struct GatedMonth {
    const OpenedMonth& month;
    const OpenedMonth& latest;
    const GatedYear& year;
};

// `explain`: each row with its working.
Result<std::string> gated_statement_page(const GatedMonth& gated, const std::string& account,
                                         bool explain);
// As summary_page, through the gate.
std::string gated_summary_page(const GatedMonth& gated, const DialogueStatus* year,
                               const std::string& allocation, bool explain);
// How a line's year to date adds up: a budget line month by month, the total line by line. Amounts
// that are hidden are null.
Result<std::string> gated_why_page(const GatedMonth& gated, const std::string& account,
                                   const std::string& line);

// The pages above as tables: a hidden figure is the policy's mark.
ReportTable gated_statement_table(const std::string& page, const DisclosurePolicy& policy);
ReportTable gated_summary_table(const std::string& page, const DisclosurePolicy& policy);
ReportTable gated_why_table(const std::string& page, const DisclosurePolicy& policy);

}  // namespace purse
