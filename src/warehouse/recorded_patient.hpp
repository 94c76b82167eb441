// A patient's sex and age, as stored records have them.
#pragma once

#include <string_view>

namespace purse {

// M, F or ?, of the NHS Data Dictionary's PERSON GENDER CODE CURRENT.
inline char sex_of(std::string_view code) { return code == "1" ? 'M' : code == "2" ? 'F' : '?'; }

// Ages above this are not believed.
inline constexpr int oldest_recorded = 130;

}  // namespace purse
