// A series of months carried on: season, days of the month, a level that moves and a trend that is
// trusted only as far as it stands out. Made for short series (a year at the least) whose sum over
// the months to come is wanted, with its error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

inline constexpr std::size_t months_of_year = 12;

struct MonthlyForecast {
    std::vector<double> means;   // of the coming months
    std::vector<double> season;  // theirs, 1 on average; days apart
    double level = 0;            // of a month of average days, after the last value
    double trend = 0;            // a month
    double trend_error = 0;
    double alpha = 0;   // how fast the level follows (chosen by one-step errors)
    double spread = 0;  // of one month's error about its forecast, in the unit of the values
    double cycles = 0;  // years that the season was taken from

    [[nodiscard]] double sum() const;
    // Standard error of the sum: months' own errors, a level that moves on, season and trend not
    // known exactly (state space form: Hyndman and others 2008, section 6.3).
    [[nodiscard]] double sum_error() const;
};

// `days` are what the values come with (working days, calendar days): one for each value and for
// each month to come. Refuses fewer than twelve values, values below 0, days that are not above 0
// and a series of noughts. The season is the mean ratio to a centred moving average, drawn towards
// 1 by what chance would give (Miller and Williams 2003); the trend is half the line's, as theta's
// (Assimakopoulos and Nikolopoulos 2000), drawn towards 0 by its standard error.
Result<MonthlyForecast> monthly_forecast(std::span<const double> values,
                                         std::span<const double> days);

}  // namespace purse
