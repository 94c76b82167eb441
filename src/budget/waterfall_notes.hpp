// The notes under a waterfall: how far from the fair share, what held the move, when it would be
// reached, and what was found about the baseline.
#pragma once

#include <string>
#include <vector>

#include "budget/waterfall_scope.hpp"

namespace purse {

std::vector<std::string> notes_of(const WaterfallScope& scope);

}  // namespace purse
