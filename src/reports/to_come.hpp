// What upheld challenges credit in months after the one that is shown, in words.
#pragma once

#include <string>

#include "money/pence.hpp"

namespace purse {

// "Upheld, and in the figures of a later month: −£451.35."; empty where there is nothing.
std::string upheld_to_come(Pence corrections);

}  // namespace purse
