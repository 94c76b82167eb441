// Estimates for HRGs of another year's version, on request only: where a tariff has no price for
// an HRG, the mean of its own prices of the same root (the HRG's first four characters) stands in.
// The root names the procedure or diagnosis and the fifth character its severity (NHS England,
// HRG4+ design), so that an estimate is right on average and wrong for the single spell.
#pragma once

#include <cstddef>

#include "rulebook/tariff.hpp"

namespace purse {

struct RootEstimates {
    Tariff tariff;  // with the estimates, each AdmittedPrice::estimated
    std::size_t estimated = 0;
    std::size_t without_root = 0;  // HRGs of the other version that stay without a price
};

// Prices of admitted care and outpatient procedures for every HRG of `grouped_by` that the tariff
// neither prices nor names as one without a national price. Means are rounded half up to the pound,
// as tariffs are published; trim points to whole days, and 5 at the least.
RootEstimates with_root_estimates(Tariff tariff, const Tariff& grouped_by);

}  // namespace purse
