// What stands on every page and paper that shows an indicative budget.
#pragma once

#include <string_view>

namespace purse {

inline constexpr std::string_view indicative_budget_sentence =
    "An indicative budget never limits the care a patient may be given.";

}  // namespace purse
