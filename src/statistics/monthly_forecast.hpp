// A series of months carried on: a level that moves, a trend, a season and days of the month, each
// believed as far as the months make it stand out from chance (Gaussian process regression:
// Rasmussen and Williams 2006, chapter 2; the same as a state space model whose variances are
// averaged over). Made for short series (a year at the least) whose sum over the months to come is
// wanted, with its error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

inline constexpr std::size_t months_of_year = 12;

struct MonthlyForecast {
    std::vector<double> means;  // of the coming months
    double sum_error = 0;       // standard error of their sum

    [[nodiscard]] double sum() const;
};

// `days` are what the values come with (working days, calendar days): one for each value and for
// each month to come. Refuses fewer than twelve values, values below 0, days that are not above 0
// and a series of noughts.
//
// A month is its days' part of a mean month, and of the mean month: level, trend x time, season of
// the month, what the days do not do (or do more), its own error. Each is normal about 0 with a
// standard deviation stated in the source; those of the level's movement, of the season and of the
// own error are not known and are averaged over by how well they explain the months (Bayesian model
// averaging: Hoeting and others 1999). The months' errors, the level's movement and what is not
// known of any part are in the sum's error.
Result<MonthlyForecast> monthly_forecast(std::span<const double> values,
                                         std::span<const double> days);

}  // namespace purse
