#include "statistics/exponential_smoothing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "statistics/average.hpp"
#include "statistics/least_squares.hpp"
#include "statistics/nelder_mead.hpp"
#include "statistics/number_checks.hpp"
#include "statistics/seasonal_decomposition.hpp"

namespace purse {

namespace {

constexpr double least_weight = 0.0001;
constexpr double most_weight = 0.9999;

struct States {
    double level = 0, trend = 0;
    std::vector<double> season;  // first the next period's
};

struct Weights {
    double alpha = 0, beta = 0, gamma = 0;
};

struct Run {
    States last;
    double squared_errors = 0;
};

Run run_through(std::span<const double> values, States states, const Weights& weights) {
    double squares = 0;
    const bool seasonal = !states.season.empty();
    for (const double value : values) {
        const double line = states.level + states.trend;
        const double error = value - line - (seasonal ? states.season.front() : 0);
        squares += error * error;
        states.level = line + weights.alpha * error;
        states.trend += weights.beta * error;
        if (!seasonal) continue;
        states.season.front() += weights.gamma * error;
        std::rotate(states.season.begin(), states.season.begin() + 1, states.season.end());
    }
    return {std::move(states), squares};
}

// Whether all roots of the polynomial (constant first) lie within the unit circle (Schur 1917).
bool roots_within_circle(std::vector<double> coefficients) {
    while (coefficients.size() > 1) {
        const double first = coefficients.front();
        const double last = coefficients.back();
        if (std::abs(first) >= std::abs(last)) return false;
        std::vector<double> reduced;
        const std::size_t n = coefficients.size();
        for (std::size_t i = 1; i < n; ++i) {
            reduced.push_back(coefficients[i] - first / last * coefficients[n - 1 - i]);
        }
        coefficients = std::move(reduced);
    }
    return true;
}

// The characteristic polynomial of the seasonal model's discount matrix.
bool forecasts_stay_bounded(const Weights& weights, std::size_t period) {
    const auto [alpha, beta, gamma] = weights;
    std::vector<double> polynomial{1 - alpha - gamma, beta + gamma - 1};
    polynomial.insert(polynomial.end(), period - 2, beta);
    polynomial.push_back(alpha + beta - 1);
    polynomial.push_back(1);
    double scale = 1;  // lets a root lie a little outside
    for (double& coefficient : polynomial) {
        coefficient *= scale;
        scale *= 1 + 1e-10;
    }
    return roots_within_circle(std::move(polynomial));
}

bool is_allowed(const Weights& weights, SmoothingModel model, std::size_t period) {
    const auto [alpha, beta, gamma] = weights;
    if (alpha < least_weight || alpha > most_weight) return false;
    if (model.trend && (beta < least_weight || beta > std::min(alpha, most_weight))) return false;
    if (!model.season) return true;
    if (gamma < least_weight || gamma > std::min(1 - alpha, most_weight)) return false;
    return forecasts_stay_bounded(weights, period);
}

Result<std::vector<double>> seasons_to_start_from(std::span<const double> values,
                                                  std::size_t period) {
    if (values.size() >= 3 * period) {
        auto parts = decompose(values, period, SeasonKind::additive);
        if (!parts) return parts.problem();
        std::vector<double> of_each;
        for (std::size_t i = 0; i < values.size(); ++i) of_each.push_back(parts->season_at(i));
        return of_each;
    }
    // Too short to average: a line with one wave a season.
    DesignColumns columns(4);
    for (std::size_t i = 1; i <= values.size(); ++i) {
        const double turn =
            2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(period);
        columns[0].push_back(1);
        columns[1].push_back(static_cast<double>(i));
        columns[2].push_back(std::sin(turn));
        columns[3].push_back(std::cos(turn));
    }
    if (period == 2) columns.erase(columns.begin() + 2);  // its sine is 0 throughout
    const auto fit = least_squares(columns, values);
    if (!fit) return fit.problem();
    std::vector<double> of_each;
    for (std::size_t i = 0; i < values.size(); ++i) {
        of_each.push_back(values[i] - fit->coefficients[0] -
                          fit->coefficients[1] * static_cast<double>(i + 1));
    }
    return of_each;
}

Result<States> states_to_start_from(std::span<const double> values, SmoothingModel model,
                                    std::size_t period) {
    States start;
    std::vector<double> plain(values.begin(), values.end());
    if (model.season) {
        const auto seasons = seasons_to_start_from(values, period);
        if (!seasons) return seasons.problem();
        for (std::size_t i = 0; i < plain.size(); ++i) plain[i] -= (*seasons)[i];
        start.season.assign(seasons->begin(),
                            seasons->begin() + static_cast<std::ptrdiff_t>(period));
    }
    const std::size_t used = std::min(std::max<std::size_t>(10, 2 * period), plain.size());
    const std::span<const double> first = std::span<const double>(plain).first(used);
    if (!model.trend) {
        start.level = mean_of(first);
        return start;
    }
    const Line line = line_through(first);
    start.level = line.intercept;
    start.trend = line.slope;
    return start;
}

// The numbers to fit, in a row: weights, level, trend, and all seasons but the first, which
// balances them (they sum to 0).
class Parameters {
  public:
    explicit Parameters(SmoothingModel model) : model_(model) {}

    [[nodiscard]] std::vector<double> packed(const Weights& weights, const States& states) const {
        std::vector<double> row{weights.alpha};
        if (model_.trend) row.push_back(weights.beta);
        if (model_.season) row.push_back(weights.gamma);
        row.push_back(states.level);
        if (model_.trend) row.push_back(states.trend);
        for (std::size_t i = states.season.size(); i > 1; --i) row.push_back(states.season[i - 1]);
        return row;
    }

    [[nodiscard]] Weights weights(const std::vector<double>& row) const {
        Weights weights{row[0], 0, 0};
        if (model_.trend) weights.beta = row[1];
        if (model_.season) weights.gamma = row[model_.trend ? 2 : 1];
        return weights;
    }

    [[nodiscard]] States states(const std::vector<double>& row) const {
        std::size_t at = 1U + (model_.trend ? 1U : 0U) + (model_.season ? 1U : 0U);
        States states;
        states.level = row[at++];
        if (model_.trend) states.trend = row[at++];
        if (!model_.season) return states;
        states.season.assign(row.rbegin(), row.rend() - static_cast<std::ptrdiff_t>(at));
        const double others = std::accumulate(states.season.begin(), states.season.end(), 0.0);
        states.season.insert(states.season.begin(), -others);
        return states;
    }

  private:
    SmoothingModel model_;
};

Weights weights_to_start_from(SmoothingModel model, std::size_t period) {
    Weights weights;
    const double range = most_weight - least_weight;
    weights.alpha = least_weight + 0.2 * range / static_cast<double>(period);
    if (model.trend) {
        weights.beta = least_weight + 0.1 * (std::min(most_weight, weights.alpha) - least_weight);
    }
    if (model.season) {
        weights.gamma =
            least_weight + 0.05 * (std::min(most_weight, 1 - weights.alpha) - least_weight);
    }
    return weights;
}

void add_measures(FittedSmoothing& fitted, double squares, std::size_t values,
                  std::size_t parameters) {
    const auto n = static_cast<double>(values);
    const auto p = static_cast<double>(parameters) + 1;  // the variance is fitted as well
    fitted.log_likelihood = -0.5 * n * std::log(squares);
    fitted.aic = -2 * fitted.log_likelihood + 2 * p;
    fitted.bic = -2 * fitted.log_likelihood + std::log(n) * p;
    fitted.aicc = fitted.aic + 2 * p * (p + 1) / (n - p - 1);
    fitted.variance = squares / (n - static_cast<double>(parameters));
}

Outcome refuse_unless_fittable(std::span<const double> values, std::size_t season,
                               SmoothingModel model) {
    if (model.season && !model.trend) return bad_input("a season is fitted with a trend");
    if (model.season && (season < 2 || season > 24)) {
        return bad_input(fmt::format("a season of {} periods cannot be fitted: 2 to 24", season));
    }
    const std::size_t numbers = 2U + (model.trend ? 2U : 0U) + (model.season ? season : 0U);
    if (auto fault = first_problem({refuse_if_fewer(values.size(), numbers + 5, "values"),
                                    refuse_unless_all_finite(values, "value")});
        !fault) {
        return fault;
    }
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    if (*least == *most) return bad_input("all values are the same: there is nothing to fit");
    return Nothing{};
}

}  // namespace

Forecast FittedSmoothing::forecast(std::size_t steps, Confidence confidence) const {
    Forecast forecast;
    double spread = 1;  // in one-step variances
    for (std::size_t h = 1; h <= steps; ++h) {
        const bool seasonal = !season.empty();
        const double mean = level + static_cast<double>(h) * trend +
                            (seasonal ? season[(h - 1) % season.size()] : 0);
        const double reach = confidence.z() * std::sqrt(variance * spread);
        forecast.push_back({mean, {mean - reach, mean + reach}});
        const double carried = alpha + beta * static_cast<double>(h) +
                               (seasonal && h % season.size() == 0 ? gamma : 0);
        spread += carried * carried;
    }
    return forecast;
}

Result<FittedSmoothing> fit_smoothing(std::span<const double> values, std::size_t season,
                                      SmoothingModel model, SmoothingAim aim) {
    if (auto fault = refuse_unless_fittable(values, season, model); !fault) return fault.problem();
    const std::size_t period = model.season ? season : 1;
    const auto start = states_to_start_from(values, model, period);
    if (!start) return start.problem();
    const Parameters parameters(model);
    const auto n = static_cast<double>(values.size());
    const auto height = [&](const std::vector<double>& row) {
        const Weights weights = parameters.weights(row);
        if (!is_allowed(weights, model, period)) return std::numeric_limits<double>::infinity();
        const double squares = run_through(values, parameters.states(row), weights).squared_errors;
        if (aim == SmoothingAim::squared_error) return squares / n;
        return std::max(-1e10, n * std::log(squares));
    };
    const std::vector<double> from =
        parameters.packed(weights_to_start_from(model, period), *start);
    if (!std::isfinite(height(from))) return bad_input("the series' numbers are too large to fit");
    const LowestPlace found = lowest_place(height, from);
    const Weights weights = parameters.weights(found.at);
    Run run = run_through(values, parameters.states(found.at), weights);
    if (!(run.squared_errors > 0)) return bad_input("the series is fitted without any error");
    FittedSmoothing fitted{.model = model,
                           .period = period,
                           .alpha = weights.alpha,
                           .beta = weights.beta,
                           .gamma = weights.gamma,
                           .level = run.last.level,
                           .trend = run.last.trend,
                           .season = std::move(run.last.season)};
    add_measures(fitted, run.squared_errors, values.size(), found.at.size());
    return fitted;
}

}  // namespace purse
