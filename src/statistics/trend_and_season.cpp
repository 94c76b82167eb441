#include "statistics/trend_and_season.hpp"

#include <cmath>

#include "statistics/average.hpp"
#include "statistics/distributions.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

// What explains the value at place i, from 0.
std::vector<double> row_at(std::size_t i, std::size_t season) {
    std::vector<double> row{1, static_cast<double>(i + 1)};
    for (std::size_t place = 1; place < season; ++place) {
        row.push_back(i % season == place ? 1 : 0);
    }
    return row;
}

}  // namespace

Forecast TrendAndSeason::forecast(std::size_t steps, Confidence confidence) const {
    const double t = student_quantile(1 - confidence.tail(), static_cast<double>(fit.freedom));
    Forecast forecast;
    for (std::size_t h = 0; h < steps; ++h) {
        const std::vector<double> row = row_at(values + h, season);
        const double mean = fit.predicted(row);
        const double reach = t * std::sqrt(fit.residual_variance * (1 + fit.leverage(row)));
        forecast.push_back({mean, {mean - reach, mean + reach}});
    }
    return forecast;
}

Result<TrendAndSeason> trend_and_season(std::span<const double> values, std::size_t season) {
    if (season == 0 || season > 1000) {
        return bad_input(fmt::format("a season of {} periods is none", season));
    }
    if (auto fault = refuse_if_fewer(values.size(), season + 2, "values"); !fault) {
        return fault.problem();
    }
    DesignColumns columns(season + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::vector<double> row = row_at(i, season);
        for (std::size_t k = 0; k < row.size(); ++k) columns[k].push_back(row[k]);
    }
    auto fit = least_squares(columns, values);
    if (!fit) return fit.problem();
    const double spread = standard_deviation_of(values);
    const double whole = spread * spread * static_cast<double>(values.size() - 1);
    if (whole == 0) return bad_input("all values are the same: there is nothing to explain");
    const double r_squared = 1 - fit->residual_squares / whole;
    return TrendAndSeason{std::move(*fit), season, values.size(), r_squared};
}

}  // namespace purse
