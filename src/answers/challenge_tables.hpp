// Challenges as tables: for CSV and workbooks.
#pragma once

#include <vector>

#include "desk/challenge_report.hpp"
#include "desk/challenges.hpp"
#include "desk/provider_answers.hpp"
#include "render/statement_table.hpp"

namespace purse {

ReportTable table_of(const std::vector<ChallengeStanding>& standings);
ReportTable table_of(const ReturnReport& report);
// The file for a provider, and the lines of its answers that were refused.
ReportTable table_of(const ProviderFile& file);
ReportTable table_of(const std::vector<RefusedAnswer>& refused);

}  // namespace purse
