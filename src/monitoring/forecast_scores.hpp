// How forecasts did, once the year was over: how often their ranges held what came, and how far
// they missed beside plainer methods.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string_view>

#include "monitoring/year_forecast.hpp"

namespace purse {

// What was forecast: a line of an account, an account, a line of all, or all.
enum class ForecastLevel : std::uint8_t { account_line, account, line, all };
inline constexpr std::array all_forecast_levels = {
    ForecastLevel::account_line, ForecastLevel::account, ForecastLevel::line, ForecastLevel::all};
std::string_view to_text(ForecastLevel level);
std::string_view in_words(ForecastLevel level);
ForecastLevel level_of(const ForecastKey& key);

// Misses are counted over the cases that have the plainer forecast too, so that both are judged on
// the same.
struct BesidePlainer {
    std::int64_t cases = 0;
    double missed = 0;          // sum of absolute misses, in pence
    double plainer_missed = 0;  // the plainer method's
    [[nodiscard]] double ratio() const { return plainer_missed > 0 ? missed / plainer_missed : 0; }
};

struct ForecastScore {
    std::int64_t cases = 0;
    std::int64_t within_80 = 0;
    std::int64_t within_95 = 0;
    double missed = 0;   // sum of absolute misses, in pence
    double outturn = 0;  // sum of what came
    BesidePlainer last_year, last_month, budget;

    ForecastScore& operator+=(const ForecastScore& other);
};

using ForecastScores = std::map<ForecastLevel, ForecastScore>;

// What came, by account and line and their sums, as a forecast at the year's end has it.
void score(ForecastScores& scores, const YearForecast& forecast, const YearForecast& came);

}  // namespace purse
