// Statements and summaries for readers who may not see small numbers: what the disclosure gate lets
// through, and nothing that it could be worked out from (no workings, series or records).
#pragma once

#include <string>

#include "access/disclosure.hpp"
#include "api/opened_months.hpp"
#include "desk/budget_dialogue.hpp"

namespace purse {

Result<std::string> gated_statement_page(const OpenedMonth& month, const std::string& account,
                                         const DisclosurePolicy& policy);
// As summary_page, through the gate.
std::string gated_summary_page(const OpenedMonth& month, const DialogueStatus* year,
                               const std::string& allocation, const DisclosurePolicy& policy);

}  // namespace purse
