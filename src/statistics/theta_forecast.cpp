#include <algorithm>
#include <cmath>

#include "statistics/autocorrelation.hpp"
#include "statistics/distributions.hpp"
#include "statistics/exponential_smoothing.hpp"
#include "statistics/forecast.hpp"
#include "statistics/least_squares.hpp"
#include "statistics/number_checks.hpp"
#include "statistics/seasonal_decomposition.hpp"

namespace purse {

namespace {

// A season stands out where its correlation is more than chance leaves (90% level, one lag tested).
Result<bool> shows_seasons(std::span<const double> values, std::size_t season) {
    if (season < 2 || values.size() < 2 * season) return false;
    const auto correlations = autocorrelations(values, season);
    if (!correlations) return correlations.problem();
    double squares = 0;
    for (std::size_t lag = 1; lag < season; ++lag) {
        squares += (*correlations)[lag - 1] * (*correlations)[lag - 1];
    }
    const double spread = std::sqrt((1 + 2 * squares) / static_cast<double>(values.size()));
    return std::abs(correlations->back()) / spread > normal_quantile(0.95);
}

}  // namespace

Result<std::vector<double>> theta_forecast(std::span<const double> values, std::size_t season,
                                           std::size_t steps) {
    if (auto fault = first_problem({refuse_if_fewer(values.size(), 7, "values"),
                                    refuse_unless_all_finite(values, "value")});
        !fault) {
        return fault.problem();
    }
    const auto seasonal = shows_seasons(values, season);
    if (!seasonal) return seasonal.problem();
    std::vector<double> plain(values.begin(), values.end());
    std::vector<double> season_ahead(steps, 1.0);
    const bool positive = *std::min_element(values.begin(), values.end()) > 0;
    if (*seasonal && positive) {
        const auto parts = decompose(values, season, SeasonKind::multiplicative);
        if (!parts) return parts.problem();
        for (std::size_t i = 0; i < plain.size(); ++i) plain[i] /= parts->season_at(i);
        for (std::size_t h = 0; h < steps; ++h) {
            season_ahead[h] = parts->season_at(plain.size() + h);
        }
    }
    const auto smoothed = fit_smoothing(plain, 1, {}, SmoothingAim::squared_error);
    if (!smoothed) return smoothed.problem();
    const double half_trend = line_through(plain).slope / 2;
    const double alpha = smoothed->alpha;
    const double weighed = (1 - std::pow(1 - alpha, static_cast<double>(plain.size()))) / alpha;
    std::vector<double> means;
    for (std::size_t h = 0; h < steps; ++h) {
        const double line = half_trend * (static_cast<double>(h) + weighed);
        means.push_back((smoothed->level + line) * season_ahead[h]);
    }
    return means;
}

}  // namespace purse
