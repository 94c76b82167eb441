// A scheme with all its blocks under one method: what the name of a method stands for where methods
// are compared.
#pragma once

#include <string>
#include <string_view>

#include "budget/scheme.hpp"

namespace purse {

// The scheme's text with every [[block]]'s method changed. Refused where the result is no scheme: a
// scheme by history that names no need weights cannot share by need.
Result<std::string> with_method(std::string_view scheme_text, BudgetMethod method);

}  // namespace purse
