// Passwords come from the keyboard, unseen, or from stdin; never from the arguments, which
// everybody on the machine can read.
#pragma once

#include <string>

#include "base/result.hpp"

namespace purse {

// Asked for twice at a terminal; else the first line of stdin.
Result<std::string> new_password(const std::string& account);

}  // namespace purse
