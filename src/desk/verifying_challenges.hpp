// Checking challenges: every event there and as it was written, about what was marked, and every
// correcting record as its challenge was upheld.
#pragma once

#include "desk/verifying.hpp"

namespace purse {

std::vector<Verification::Check> check_challenges(const Site& site);

}  // namespace purse
