// Comparing our prices with those that the file itself carries (SUS computes them too): how many
// agree on each field, and a list of the rest.
#pragma once

#include "desk/price_files.hpp"
#include "warehouse/loading.hpp"

namespace purse {

// `priced` is the CSV that pricing wrote. Fills the report's agreements and differences file.
Outcome reconcile(ReadRequest reading, const std::filesystem::path& priced,
                  PriceFileReport& report);

}  // namespace purse
