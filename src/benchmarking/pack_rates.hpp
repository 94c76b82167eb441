// Which measures are the rates of the monthly pack: rules/benchmarking/pack.toml.
#pragma once

#include <filesystem>
#include <vector>

#include "benchmarking/measure.hpp"

namespace purse {

// Their places among the measures, in the order of the page. Refused: a code that is no measure.
Result<std::vector<std::size_t>> read_pack_rates(const std::filesystem::path& file,
                                                 const Measures& measures);
Result<std::vector<std::size_t>> parse_pack_rates(std::string_view toml, std::string_view name,
                                                  const Measures& measures);

}  // namespace purse
