// A series taken apart into trend, season and what is left (classical decomposition by a centred
// moving average; Persons 1919, Kendall and Stuart 1983).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

enum class SeasonKind { additive, multiplicative };

struct SeasonalDecomposition {
    SeasonKind kind = SeasonKind::additive;
    std::vector<double> season;  // of each place in the cycle, beginning with the first value's;
                                 // they sum to 0, or average 1
    std::vector<std::optional<double>> trend;   // none for half a season at either end
    std::vector<std::optional<double>> random;  // likewise
    [[nodiscard]] double season_at(std::size_t i) const { return season[i % season.size()]; }
};

// Refuses a season of fewer than two periods, fewer than two whole seasons, and (multiplicative)
// values that are not above 0.
Result<SeasonalDecomposition> decompose(std::span<const double> values, std::size_t season,
                                        SeasonKind kind);

}  // namespace purse
