// Challenges for people, on a terminal.
#pragma once

#include <string>
#include <vector>

#include "desk/challenge_figures.hpp"
#include "desk/challenge_findings.hpp"
#include "desk/challenge_report.hpp"
#include "desk/challenges.hpp"
#include "desk/provider_answers.hpp"

namespace purse {

std::string as_text(const ChallengeStanding& standing);  // with its history
std::string as_text(const std::vector<ChallengeStanding>& standings);
std::string as_text(const ChallengeEvent& event);
std::string as_text(const ProviderAnswersTaken& taken);
std::string as_text(const ReturnReport& report);
std::string as_text(const ChallengedMonth& month);
std::string as_text(const ChallengeFindings& findings);

}  // namespace purse
