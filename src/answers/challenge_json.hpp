// Challenges as JSON: the lists, one of them with its history, likely errors, figures, the rate of
// return. The shapes are those of api/openapi.yaml.
#pragma once

#include <string>
#include <vector>

#include "desk/challenge_figures.hpp"
#include "desk/challenge_findings.hpp"
#include "desk/challenge_report.hpp"
#include "desk/challenges.hpp"
#include "desk/provider_answers.hpp"

namespace purse {

std::string as_json(const std::vector<ChallengeStanding>& standings);
std::string as_json(const ChallengeStanding& standing);
// `i_may`: the steps that the asker can take now.
std::string as_json(const ChallengeStanding& standing, const std::vector<ChallengeStep>& i_may);
std::string as_json(const ChallengeEvent& event);
std::string as_json(const ChallengeFindings& findings);
std::string as_json(const ReturnReport& report);
std::string as_json(const ProviderAnswersTaken& taken);
std::string as_json(const ChallengedMonth& month);
// A statement's disputed and corrected amounts.
std::string challenges_json(const Statement& statement);

}  // namespace purse
