// Sharing money out so that the shares always add up to the total.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "money/pence.hpp"

namespace purse {

// Shares of `total` in proportion to `weights` (each >= 0, their sum > 0), to whole pence by
// largest remainder; ties go to the earlier position, so callers give practices in the order of
// their codes. The result has one share a weight, and sums to `total` exactly. A negative total is
// shared as the mirror image of the positive one. A zero weight gets nothing.
std::vector<Pence> shared_out(Pence total, std::span<const std::int64_t> weights);

}  // namespace purse
