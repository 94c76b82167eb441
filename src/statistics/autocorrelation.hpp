// How alike a series is to itself some periods earlier, and whether that is more than chance.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace purse {

// Of lags 1 to `most_lag`, each over the variance of the whole (Box and Jenkins 1970). Refuses lags
// as long as the series, and constant series.
Result<std::vector<double>> autocorrelations(std::span<const double> values, std::size_t most_lag);

struct LjungBox {
    double q = 0;
    double p = 1;  // by chi-squared with as many degrees of freedom as lags
};
// Whether lags 1 to `lags` together are more than chance (Ljung and Box 1978).
Result<LjungBox> ljung_box(std::span<const double> values, std::size_t lags);

}  // namespace purse
