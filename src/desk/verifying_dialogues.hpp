// Checking what was decided about budgets: drafts as they were made, dialogues as they were
// written, agreed budgets as they were agreed, and the changes since as they were signed.
#pragma once

#include "desk/verifying.hpp"

namespace purse {

std::vector<Verification::Check> check_drafts(const Site& site);
std::vector<Verification::Check> check_dialogues(const Site& site);
std::vector<Verification::Check> check_in_year_changes(const Site& site);

}  // namespace purse
