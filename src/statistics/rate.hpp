// Crude rates: events over the population or the time in which they could happen.
#pragma once

#include <string_view>

#include "statistics/confidence.hpp"

namespace purse {

enum class CountMethod { exact, byar };
std::string_view name_of(CountMethod method);  // "Exact", "Byars"

struct CountInterval {
    Interval interval;
    CountMethod method = CountMethod::byar;
};

// Intervals of a Poisson count, in events.
//   exact: half the chi-squared quantiles with 2x and 2x + 2 degrees of freedom (Garwood 1936)
//   Byar:  x(1 - 1/9x - z/3sqrt(x))^3 and the same with x + 1 upwards (Breslow and Day 1987, p. 69)
// events >= 0; Byar's lower limit needs events > 0.
Interval exact_count_interval(double events, Confidence confidence);
Interval byar_count_interval(double events, Confidence confidence);
// Exact below ten events, Byar's from ten (Public Health England, Technical Guide 2018).
CountInterval count_interval(double events, Confidence confidence);

struct RateEstimate {
    double value = 0;
    Interval interval;
    CountMethod method = CountMethod::byar;
};

// events / population x multiplier (1,000: per thousand), with the interval of the count. A rate
// may exceed its multiplier: people have several events. Refuses negative events, and a population
// or multiplier that is not above 0.
Result<RateEstimate> crude_rate(double events, double population, double multiplier,
                                Confidence confidence);

}  // namespace purse
