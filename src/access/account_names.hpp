// Names to sign in with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

// As it is kept and looked for: small letters, no blanks around it.
std::string account_name_form(std::string_view typed);
// 2 to 64 of a-z, 0-9 and . _ - @, the first a letter or digit.
Outcome is_account_name(std::string_view name);

}  // namespace purse
