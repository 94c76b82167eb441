// The dialogue about budgets, for people and as JSON.
#pragma once

#include <string>

#include "desk/budget_dialogue.hpp"

namespace purse {

std::string as_text(const DialogueEvent& event);
std::string as_text(const StepsTaken& steps);
std::string as_text(const DialogueHistory& history);
std::string as_text(const DialogueStatus& status);

std::string as_json(const DialogueEvent& event);
std::string as_json(const StepsTaken& steps);
std::string as_json(const DialogueHistory& history);
std::string as_json(const DialogueStatus& status);

}  // namespace purse
