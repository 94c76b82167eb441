// The stored batches whose records a closing's charges are of.
#pragma once

#include <vector>

#include "desk/site.hpp"
#include "warehouse/aged_counts.hpp"

namespace purse {

std::vector<ChargedBatch> batches_of_activity(const Site& site, const NewClosing& closing);
std::vector<ChargedBatch> batches_of_prescribing(const Site& site, const NewClosing& closing);

}  // namespace purse
