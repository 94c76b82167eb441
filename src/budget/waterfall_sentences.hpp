// What the sentences of a waterfall are made of. Money in them is told roughly: pence stand in the
// sums beside them.
#pragma once

#include <string>

#include "budget/waterfall_scope.hpp"

namespace purse {

// "which added £620", "which took away £12", "which changed nothing"
std::string change_in_words(Pence amount);

// "10,000", "10,423.5"
std::string patients_in_words(Patients list);

// "grew by 2.1%", "shrank by 0.4%", "hardly changed", "stayed as it was"
std::string growth_in_words(std::int64_t then, std::int64_t now);

// Of the step towards the fair share.
std::string move_title(const WaterfallScope& scope);
std::string move_in_words(const WaterfallScope& scope);

}  // namespace purse
