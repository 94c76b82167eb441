#include "statistics/seasonal_decomposition.hpp"

#include "statistics/average.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

std::vector<std::optional<double>> centred_average(std::span<const double> values,
                                                   std::size_t season) {
    std::vector<std::optional<double>> trend(values.size());
    const std::size_t half = season / 2;
    const bool even = season % 2 == 0;  // then the two ends count half each
    for (std::size_t i = half; i + half < values.size(); ++i) {
        long double sum = 0;
        for (std::size_t j = i - half; j <= i + half; ++j) {
            const bool end = even && (j == i - half || j == i + half);
            sum += end ? values[j] / 2 : values[j];
        }
        trend[i] = static_cast<double>(sum / static_cast<long double>(season));
    }
    return trend;
}

double without(double value, double part, SeasonKind kind) {
    return kind == SeasonKind::additive ? value - part : value / part;
}

std::vector<double> season_of(std::span<const double> values,
                              const std::vector<std::optional<double>>& trend, std::size_t season,
                              SeasonKind kind) {
    std::vector<double> figure;
    for (std::size_t place = 0; place < season; ++place) {
        std::vector<double> of_place;
        for (std::size_t i = place; i < values.size(); i += season) {
            if (trend[i]) of_place.push_back(without(values[i], *trend[i], kind));
        }
        figure.push_back(mean_of(of_place));
    }
    const double mean = mean_of(figure);
    for (double& one : figure) one = without(one, mean, kind);
    return figure;
}

}  // namespace

Result<SeasonalDecomposition> decompose(std::span<const double> values, std::size_t season,
                                        SeasonKind kind) {
    if (season < 2) return bad_input("a season of fewer than 2 periods cannot be taken out");
    if (auto fault = first_problem(
            {refuse_if_fewer(values.size(), 2 * season, "values for two whole seasons"),
             refuse_unless_all_finite(values, "value")});
        !fault) {
        return fault.problem();
    }
    if (kind == SeasonKind::multiplicative) {
        for (const double value : values) {
            if (auto fault = refuse_unless_positive(value, "a value with a multiplying season");
                !fault) {
                return fault.problem();
            }
        }
    }
    SeasonalDecomposition parts{.kind = kind, .season = {}, .trend = {}, .random = {}};
    parts.trend = centred_average(values, season);
    parts.season = season_of(values, parts.trend, season, kind);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::optional<double> left;
        if (parts.trend[i]) {
            left = without(without(values[i], *parts.trend[i], kind), parts.season_at(i), kind);
        }
        parts.random.push_back(left);
    }
    return parts;
}

}  // namespace purse
