#include "statistics/autocorrelation.hpp"

#include "statistics/average.hpp"
#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

Result<std::vector<double>> autocorrelations(std::span<const double> values, std::size_t most_lag) {
    if (most_lag == 0) return bad_input("a lag of 0 periods is none");
    if (auto fault = first_problem({refuse_if_fewer(values.size(), most_lag + 1, "values"),
                                    refuse_unless_all_finite(values, "value")});
        !fault) {
        return fault.problem();
    }
    const double mean = mean_of(values);
    double whole = 0;
    for (const double value : values) whole += (value - mean) * (value - mean);
    if (whole == 0) return bad_input("all values are the same: nothing correlates");
    std::vector<double> correlations;
    for (std::size_t lag = 1; lag <= most_lag; ++lag) {
        double with = 0;
        for (std::size_t i = lag; i < values.size(); ++i) {
            with += (values[i] - mean) * (values[i - lag] - mean);
        }
        correlations.push_back(with / whole);
    }
    return correlations;
}

Result<LjungBox> ljung_box(std::span<const double> values, std::size_t lags) {
    const auto correlations = autocorrelations(values, lags);
    if (!correlations) return correlations.problem();
    const auto n = static_cast<double>(values.size());
    LjungBox test;
    for (std::size_t i = 0; i < correlations->size(); ++i) {
        const double r = (*correlations)[i];
        test.q += r * r / (n - static_cast<double>(i + 1));
    }
    test.q *= n * (n + 2);
    test.p = chi_squared_above(test.q, static_cast<double>(lags));
    return test;
}

}  // namespace purse
