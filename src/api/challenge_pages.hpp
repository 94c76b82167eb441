// Answers about challenges: the lists, one of them with its history, likely errors, figures, the
// rate of return.
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

std::string challenges_page(const std::vector<ChallengeStanding>& standings);
// `i_may`: the steps that the asker can take now.
std::string challenge_page(const ChallengeStanding& standing,
                           const std::vector<ChallengeStep>& i_may);
std::string challenge_event_page(const ChallengeEvent& event);
std::string findings_page(const ChallengeFindings& findings);
std::string challenge_figures_page(const Statement& statement);
std::string return_page(const ReturnReport& report);
std::string provider_answers_page(const ProviderAnswersTaken& taken);

ReportTable table_of(const std::vector<ChallengeStanding>& standings);
ReportTable table_of(const ReturnReport& report);
ReportTable table_of(const ProviderFile& file);

}  // namespace purse
