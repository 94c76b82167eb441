// A fictional commissioner that lives through its years: each month's flex is loaded when it comes,
// the month before at freeze, and the month is closed, so that its forecast knows what was known.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "monitoring/forecast_scores.hpp"

namespace purse::bench {

// The records of a fictional commissioner and how many of them.
struct ReplayOptions {
    int practices = 6;
    std::int64_t population = 12'000;
    int years = 3;  // as many as there are rules of prices
    std::uint64_t seed = 11;
};

// Of the years after the first: every month loaded and closed as it came, and the year's last month
// closed again when it was frozen.
Result<ForecastScores> replayed_scores(const std::filesystem::path& folder,
                                       const ReplayOptions& options);

// The same years, far faster: every month is loaded as it is when frozen, only the last is closed,
// and what the forecast at each month would have been made from is cut out of what it is made from.
// What is left out is that the newest month is not complete, and that prices change.
Result<ForecastScores> frozen_scores(const std::filesystem::path& folder,
                                     const ReplayOptions& options);

}  // namespace purse::bench
