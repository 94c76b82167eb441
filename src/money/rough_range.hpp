// The two ends of a range in a sentence: as roughly as they still differ.
#pragma once

#include <string>
#include <utility>

#include "money/pence.hpp"

namespace purse {

// "£1,234,568", "−£5": without pence, halves away from zero.
std::string whole_pounds(Pence amount);

// Both as roughly() says them, or in whole pounds where they would read the same.
std::pair<std::string, std::string> rough_range(Pence low, Pence high);

}  // namespace purse
