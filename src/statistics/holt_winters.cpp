#include "statistics/holt_winters.hpp"

#include <algorithm>

#include "statistics/least_squares.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

struct Start {
    HoltWinters states;
    std::size_t first = 0;  // the first value that is fitted
};

Outcome refuse_unless_weights(const SmoothingWeights& weights) {
    if (weights.season && !weights.trend) return bad_input("a season is smoothed with a trend");
    return first_problem(
        {refuse_unless_within(weights.level, 0, 1, "the level's weight"),
         refuse_unless_within(weights.trend.value_or(0), 0, 1, "the trend's weight"),
         refuse_unless_within(weights.season.value_or(0), 0, 1, "the season's weight")});
}

Result<Start> seasonal_start(std::span<const double> values, std::size_t season, SeasonKind kind) {
    if (auto fault = refuse_if_fewer(values.size(), 2 * season, "values for two whole seasons");
        !fault) {
        return fault.problem();
    }
    const auto parts = decompose(values.first(2 * season), season, kind);
    if (!parts) return parts.problem();
    std::vector<double> trend;
    for (const auto& one : parts->trend) {
        if (one) trend.push_back(*one);
    }
    if (trend.size() < 2) return bad_input("the season is too short to start from");
    const Line line = line_through(trend);
    Start start;
    start.states.level = line.intercept;
    start.states.trend = line.slope;
    start.states.season = parts->season;
    start.first = season;
    return start;
}

Result<Start> started(std::span<const double> values, std::size_t season, SeasonKind kind,
                      const SmoothingWeights& weights) {
    if (weights.season) return seasonal_start(values, season, kind);
    Start start;
    start.first = weights.trend ? 2 : 1;
    if (auto fault = refuse_if_fewer(values.size(), start.first + 1, "values"); !fault) {
        return fault.problem();
    }
    start.states.level = values[start.first - 1];
    start.states.trend = weights.trend ? values[1] - values[0] : 0;
    return start;
}

}  // namespace

std::vector<double> HoltWinters::forecast(std::size_t steps) const {
    std::vector<double> means;
    for (std::size_t h = 1; h <= steps; ++h) {
        const double line = level + static_cast<double>(h) * trend;
        if (season.empty()) {
            means.push_back(line);
        } else {
            const double of_season = season[(h - 1) % season.size()];
            means.push_back(kind == SeasonKind::additive ? line + of_season : line * of_season);
        }
    }
    return means;
}

Result<HoltWinters> holt_winters(std::span<const double> values, std::size_t season,
                                 SeasonKind kind, const SmoothingWeights& weights) {
    if (auto fault = first_problem(
            {refuse_unless_weights(weights), refuse_unless_all_finite(values, "value")});
        !fault) {
        return fault.problem();
    }
    auto start = started(values, season, kind, weights);
    if (!start) return start.problem();
    HoltWinters states = std::move(start->states);
    states.kind = kind;
    const bool adds = kind == SeasonKind::additive;
    for (std::size_t i = start->first; i < values.size(); ++i) {
        const double line = states.level + states.trend;
        const double old_season = states.season.empty() ? (adds ? 0 : 1) : states.season.front();
        const double fitted = adds ? line + old_season : line * old_season;
        if (!adds && old_season == 0) return bad_input("a season has come to 0");
        states.fitted.push_back(fitted);
        states.squared_errors += (values[i] - fitted) * (values[i] - fitted);
        const double plain = adds ? values[i] - old_season : values[i] / old_season;
        const double level = weights.level * plain + (1 - weights.level) * line;
        if (weights.trend) {
            states.trend =
                *weights.trend * (level - states.level) + (1 - *weights.trend) * states.trend;
        }
        states.level = level;
        if (weights.season) {
            const double seen = adds ? values[i] - level : values[i] / level;
            states.season.front() = *weights.season * seen + (1 - *weights.season) * old_season;
            std::rotate(states.season.begin(), states.season.begin() + 1, states.season.end());
        }
    }
    return states;
}

}  // namespace purse
