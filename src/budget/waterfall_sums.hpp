// The sums told beside a waterfall's steps, to the penny, for a pocket calculator. Where lines are
// rounded one by one and the sum is a penny beside the step, the sum says so.
#pragma once

#include <string>

#include "budget/waterfall_scope.hpp"

namespace purse {

std::string price_sum(const WaterfallScope& scope);
std::string list_sum(const WaterfallScope& scope);
// "Prescribing £1,100.00 × 2.0%", a part a line.
std::string growth_sum(const WaterfallScope& scope);
std::string efficiency_sum(const WaterfallScope& scope);
// The practice's dated entries of a kind, one by one.
std::string entries_sum(const WaterfallScope& scope, EntryKind kind, bool recurrent);
std::string fitting_sum(const WaterfallScope& scope);
std::string pooling_sum(const WaterfallScope& scope);
std::string move_sum(const WaterfallScope& scope);
std::string hand_back_sum(const WaterfallScope& scope, Factor share, Pence handed_back);

}  // namespace purse
