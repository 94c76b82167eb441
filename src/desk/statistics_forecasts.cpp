// Tables of forecasts and of what they rest on. Answers are named quantities: naive_mean_1 is the
// naive forecast one step ahead.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/autocorrelation.hpp"
#include "statistics/exponential_smoothing.hpp"
#include "statistics/forecast.hpp"
#include "statistics/forecast_accuracy.hpp"
#include "statistics/holt_winters.hpp"
#include "statistics/trend_and_season.hpp"

namespace purse {

namespace {

void add_numbered(std::string_view name, std::span<const double> values,
                  StatisticsAnswers& answers) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        answers.add(fmt::format("{}_{}", name, i + 1), values[i]);
    }
}

// mean_1, lo95_1, hi95_1, ... behind `prefix`; lo and hi bear the level.
void add_forecast(std::string_view prefix, const Forecast& forecast, Confidence confidence,
                  StatisticsAnswers& answers) {
    const std::string level = fmt::format("{:g}", 100 * confidence.level());
    for (std::size_t i = 0; i < forecast.size(); ++i) {
        answers.add(fmt::format("{}mean_{}", prefix, i + 1), forecast[i].mean);
        answers.add(fmt::format("{}lo{}_{}", prefix, level, i + 1), forecast[i].interval.lower);
        answers.add(fmt::format("{}hi{}_{}", prefix, level, i + 1), forecast[i].interval.upper);
    }
}

// Rows in the order of t, which must not come twice.
Result<std::vector<std::size_t>> order_in_time(StatisticsCase& one) {
    const auto t = one.numbers("t");
    if (auto fault = one.outcome(); !fault) return fault.problem();
    std::vector<std::size_t> order(t.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return t[a] < t[b]; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (t[order[i]] == t[order[i - 1]]) {
            return bad_input(fmt::format("t {} comes twice in a series", t[order[i]]));
        }
    }
    return order;
}

Result<std::vector<double>> series_of(StatisticsCase& one) {
    const auto order = order_in_time(one);
    if (!order) return order.problem();
    const auto y = one.numbers("y");
    if (auto fault = one.outcome(); !fault) return fault.problem();
    std::vector<double> series;
    for (const std::size_t row : *order) series.push_back(y[row]);
    return series;
}

Outcome simple_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const std::size_t season = one.whole("freq"), steps = one.whole("h");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto naive = naive_forecast(*series, steps, confidence);
    if (!naive) return naive.problem();
    const auto seasonal = seasonal_naive_forecast(*series, season, steps, confidence);
    if (!seasonal) return seasonal.problem();
    const auto drift = drift_forecast(*series, steps, confidence);
    if (!drift) return drift.problem();
    const auto mean = mean_forecast(*series, steps, confidence);
    if (!mean) return mean.problem();
    const auto theta = theta_forecast(*series, season, steps);
    if (!theta) return theta.problem();
    add_forecast("naive_", *naive, confidence, answers);
    add_forecast("snaive_", *seasonal, confidence, answers);
    add_forecast("drift_", *drift, confidence, answers);
    add_forecast("mean_", *mean, confidence, answers);
    add_numbered("theta_mean", *theta, answers);
    return Nothing{};
}

struct HoltWintersKind {
    SeasonKind season = SeasonKind::additive;
    bool trend = false;
    bool seasonal = false;
};

Result<HoltWintersKind> holt_winters_kind(const std::string& text) {
    if (text == "ses") return HoltWintersKind{};
    if (text == "holt") return HoltWintersKind{.trend = true};
    for (const std::string_view name : {"additive", "hw_additive", "hw_add", "add"}) {
        if (text == name) return HoltWintersKind{SeasonKind::additive, true, true};
    }
    for (const std::string_view name : {"multiplicative", "hw_multiplicative", "hw_mult", "mult"}) {
        if (text == name) return HoltWintersKind{SeasonKind::multiplicative, true, true};
    }
    return bad_input(
        fmt::format("kind '{}' is none of: ses, holt, additive, multiplicative", text));
}

Outcome holt_winters_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const auto kind = holt_winters_kind(one.setting("kind", ""));
    if (!kind) return kind.problem();
    const std::size_t season = one.whole("freq"), steps = one.whole("h");
    SmoothingWeights weights{one.number("alpha"), {}, {}};
    if (kind->trend) weights.trend = one.number("beta");
    if (kind->seasonal) weights.season = one.number("gamma");
    if (auto fault = one.outcome(); !fault) return fault;
    const auto fitted = holt_winters(*series, season, kind->season, weights);
    if (!fitted) return fitted.problem();
    add_numbered("forecast", fitted->forecast(steps), answers);
    answers.add("sse", fitted->squared_errors);
    answers.add("state_a", fitted->level);
    if (kind->trend) answers.add("state_b", fitted->trend);
    for (std::size_t i = 0; i < fitted->season.size(); ++i) {
        answers.add(fmt::format("state_s{}", i + 1), fitted->season[i]);
    }
    add_numbered("fitted", fitted->fitted, answers);
    return Nothing{};
}

Result<SmoothingModel> smoothing_model(const std::string& text) {
    if (text == "ANN") return SmoothingModel{};
    if (text == "AAN") return SmoothingModel{.trend = true};
    if (text == "AAA") return SmoothingModel{true, true};
    return bad_input(
        fmt::format("model '{}' is none of: ANN (level), AAN (and trend), AAA (and season)", text));
}

Outcome smoothing_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const auto model = smoothing_model(one.setting("model", ""));
    if (!model) return model.problem();
    const std::size_t season = one.whole("freq"), steps = one.whole("h");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto fitted = fit_smoothing(*series, season, *model);
    if (!fitted) return fitted.problem();
    answers.add("loglik", fitted->log_likelihood);
    answers.add("aic", fitted->aic);
    answers.add("aicc", fitted->aicc);
    answers.add("bic", fitted->bic);
    answers.add("sigma2", fitted->variance);
    answers.add("alpha", fitted->alpha);
    if (model->trend) answers.add("beta", fitted->beta);
    if (model->season) answers.add("gamma", fitted->gamma);
    add_forecast("", fitted->forecast(steps, confidence), confidence, answers);
    return Nothing{};
}

Outcome decomposition_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const std::string kind = one.setting("kind", "additive");
    if (kind != "additive" && kind != "multiplicative") {
        one.fail(fmt::format("kind '{}' is neither additive nor multiplicative", kind));
    }
    const std::size_t season = one.whole("freq");
    if (auto fault = one.outcome(); !fault) return fault;
    const auto parts = decompose(
        *series, season, kind == "additive" ? SeasonKind::additive : SeasonKind::multiplicative);
    if (!parts) return parts.problem();
    add_numbered("seasonal_index", parts->season, answers);
    for (std::size_t i = 0; i < parts->trend.size(); ++i) {
        answers.add(fmt::format("trend_{}", i + 1), parts->trend[i]);
        answers.add(fmt::format("random_{}", i + 1), parts->random[i]);
    }
    return Nothing{};
}

Outcome regression_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const std::size_t season = one.whole("freq"), steps = one.whole("h");
    const Confidence confidence = one.confidence();
    if (auto fault = one.outcome(); !fault) return fault;
    const auto fitted = trend_and_season(*series, season);
    if (!fitted) return fitted.problem();
    std::vector<std::string> names{"(Intercept)", "trend"};
    for (std::size_t i = 2; i <= season; ++i) names.push_back(fmt::format("season{}", i));
    for (std::size_t i = 0; i < names.size(); ++i) {
        answers.add("coef_" + names[i], fitted->fit.coefficients[i]);
        answers.add("se_" + names[i], fitted->fit.standard_errors[i]);
    }
    answers.add("r_squared", fitted->r_squared);
    add_forecast("", fitted->forecast(steps, confidence), confidence, answers);
    return Nothing{};
}

Outcome accuracy_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto order = order_in_time(one);
    if (!order) return order.problem();
    const auto y = one.numbers("y");
    const auto forecast = one.given_numbers("forecast");
    const auto sets = one.texts("set");
    const std::size_t season = one.whole("freq");
    if (auto fault = one.outcome(); !fault) return fault;
    std::vector<double> history, actual, foretold;
    for (const std::size_t row : *order) {
        if (sets[row] == "train") {
            history.push_back(y[row]);
        } else if (sets[row] == "test" && forecast[row]) {
            actual.push_back(y[row]);
            foretold.push_back(*forecast[row]);
        } else {
            return bad_input(
                fmt::format("a row of set '{}' is neither train, nor test with a "
                            "forecast",
                            sets[row]));
        }
    }
    const auto found = forecast_accuracy(history, actual, foretold, season);
    if (!found) return found.problem();
    answers.add("ME", found->mean_error);
    answers.add("RMSE", found->root_mean_square);
    answers.add("MAE", found->mean_absolute);
    answers.add("MPE", found->mean_percentage);
    answers.add("MAPE", found->mean_absolute_percentage);
    answers.add("MASE_snaive_scale", found->scaled);
    answers.add("scale_q", found->scale);
    return Nothing{};
}

Outcome correlation_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto series = series_of(one);
    if (!series) return series.problem();
    const std::size_t lags = one.whole("lag");
    if (auto fault = one.outcome(); !fault) return fault;
    const auto correlations = autocorrelations(*series, lags);
    if (!correlations) return correlations.problem();
    const auto test = ljung_box(*series, lags);
    if (!test) return test.problem();
    add_numbered("acf", *correlations, answers);
    answers.add("ljung_box_q", test->q);
    answers.add("ljung_box_p", test->p);
    return Nothing{};
}

}  // namespace

std::vector<StatisticsTable> forecast_tables() {
    const StatisticsColumn t{"t", "order in time"}, y{"y", "the value"};
    const StatisticsColumn freq{"freq", "periods of a season: 12 for months, 1 for none"};
    const StatisticsColumn h{"h", "steps ahead"};
    const std::vector<std::string_view> quantities{"quantity", "value"};
    return {{"simple",
             "naive, seasonal naive, drift, mean and theta forecasts",
             {t, y, freq, h, confidence_column},
             quantities,
             simple_rows},
            {"holtwinters_fixed",
             "exponential smoothing with given weights",
             {t,
              y,
              freq,
              h,
              {"kind", "ses, holt, additive or multiplicative"},
              {"alpha", "weight of the level"},
              {"beta", "of the trend", false},
              {"gamma", "of the season", false}},
             quantities,
             holt_winters_rows,
             "holtwinters"},
            {"ets_opt",
             "exponential smoothing with fitted weights",
             {t, y, freq, h, {"model", "ANN, AAN or AAA"}, confidence_column},
             quantities,
             smoothing_rows,
             "ets"},
            {"decompose",
             "trend, season and what is left",
             {t, y, freq, {"kind", "additive (the default) or multiplicative", false}},
             quantities,
             decomposition_rows},
            {"tslm",
             "a straight trend and seasons by least squares",
             {t, y, freq, h, confidence_column},
             quantities,
             regression_rows},
            {"accuracy",
             "how far forecasts fell from what came",
             {t, y, {"set", "train (before) or test"}, {"forecast", "of the test rows"}, freq},
             quantities,
             accuracy_rows},
            {"acf",
             "autocorrelations and the Ljung-Box test",
             {t, y, {"lag", "the longest"}},
             quantities,
             correlation_rows}};
}

}  // namespace purse
