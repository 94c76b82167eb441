// Checking what was decided about budgets: drafts as they were made, dialogues as they were
// written, agreed budgets as they were agreed.
#pragma once

#include "desk/verifying.hpp"

namespace purse {

std::vector<Verification::Check> check_drafts(const Site& site);
std::vector<Verification::Check> check_dialogues(const Site& site);

}  // namespace purse
