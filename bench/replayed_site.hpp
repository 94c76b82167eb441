// A fictional commissioner that lives through its years: each month's flex is loaded when it comes,
// the month before at freeze, and the month is closed, so that its forecast knows what was known.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "monitoring/forecast_scores.hpp"

namespace purse::bench {

struct ReplayOptions {
    int practices = 6;
    std::int64_t population = 12'000;
    int years = 3;  // as many as there are rules of prices
    std::uint64_t seed = 11;
};

// Of all years whose last month was closed again when it was frozen.
Result<ForecastScores> replayed_scores(const std::filesystem::path& folder,
                                       const ReplayOptions& options);

}  // namespace purse::bench
