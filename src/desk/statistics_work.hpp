// The tables by subject; statistics_tables.cpp puts them into one list.
#pragma once

#include "desk/statistics_tables.hpp"

namespace purse {

std::vector<StatisticsTable> rate_tables();  // statistics_rates.cpp
std::vector<StatisticsTable> standardised_rate_tables();
std::vector<StatisticsTable> quantile_tables();
std::vector<StatisticsTable> funnel_tables();      // statistics_funnels.cpp
std::vector<StatisticsTable> chart_tables();       // statistics_charts.cpp
std::vector<StatisticsTable> survey_tables();      // statistics_surveys.cpp
std::vector<StatisticsTable> forecast_tables();    // statistics_forecasts.cpp
std::vector<StatisticsTable> completion_tables();  // statistics_completion.cpp

// Settings that several tables share.
inline constexpr StatisticsColumn confidence_column{
    "confidence", "of the interval, such as 0.95 (the default)", false};
inline constexpr StatisticsColumn multiplier_column{
    "multiplier", "1000: a rate per thousand; 100: per cent", true};

}  // namespace purse
