// The figures of opened months as the pages are told them. JSON texts, as api/openapi.yaml has
// them; the figures themselves are the reports' own.
#pragma once

#include <string>
#include <vector>

#include "api/opened_months.hpp"
#include "desk/budget_dialogue.hpp"
#include "desk/practices.hpp"

namespace purse {

std::string months_page(const std::vector<ClosedMonth>& months);
// With the last two years' months of each row, and with `explain` each row's working.
Result<std::string> statement_page(const OpenedMonth& month, const std::string& account,
                                   bool explain);
// `year` is where the dialogues of the month's year stand, `allocation` a draft as drafts_page has
// it, or "null". With `explain` each figure to date has its working.
std::string summary_page(const OpenedMonth& month, const DialogueStatus* year,
                         const std::string& allocation, bool explain);
// `hidden`: why the records are not shown; empty when they are.
std::string why_page(const Why& why, const std::string& hidden);
std::string working_page(const Working& working);
std::string practices_page(const std::vector<SitePractice>& practices, const std::string& next);

}  // namespace purse
