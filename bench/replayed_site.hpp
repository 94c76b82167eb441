// A fictional commissioner that lives through its years: each month's flex is loaded when it comes,
// the month before at freeze, and the month is closed, so that its forecast knows what was known.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "monitoring/forecast_scores.hpp"

namespace purse::bench {

struct ReplayOptions {
    int practices = 12;
    std::int64_t population = 60'000;
    int years = 5;
    std::uint64_t seed = 2017;
};

// Of all years whose last month was closed again when it was frozen.
Result<ForecastScores> replayed_scores(const std::filesystem::path& folder,
                                       const ReplayOptions& options);

}  // namespace purse::bench
