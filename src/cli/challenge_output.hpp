// Challenges, for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include "desk/challenge_figures.hpp"
#include "desk/challenge_findings.hpp"
#include "desk/challenge_report.hpp"
#include "desk/challenges.hpp"
#include "desk/provider_answers.hpp"
#include "render/statement_table.hpp"

namespace purse {

std::string as_text(const ChallengeStanding& standing);  // with its history
std::string as_text(const std::vector<ChallengeStanding>& standings);
std::string as_text(const ChallengeEvent& event);
std::string as_text(const ProviderAnswersTaken& taken);
std::string as_text(const ReturnReport& report);
std::string as_text(const ChallengedMonth& month);
std::string as_text(const ChallengeFindings& findings);

std::string as_json(const ChallengeStanding& standing);
std::string as_json(const std::vector<ChallengeStanding>& standings);
std::string as_json(const ChallengeEvent& event);
std::string as_json(const ProviderAnswersTaken& taken);
std::string as_json(const ReturnReport& report);
std::string as_json(const ChallengedMonth& month);
std::string as_json(const ChallengeFindings& findings);

// The file for a provider, and the lines of its answers that were refused.
ReportTable provider_table(const ProviderFile& file);
ReportTable table_of(const std::vector<RefusedAnswer>& refused);

}  // namespace purse
