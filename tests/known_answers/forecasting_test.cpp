// Forecasts against R 4.2.2 (stats) and forecast 8.20. Fitted smoothing depends on the optimiser:
// its forecasts agree to 0.5%, its AIC to 0.5.
#include <gtest/gtest.h>

#include "support/statistics_oracle.hpp"

namespace purse {
namespace {

using testing::expect_reference_answers;

class Forecasting : public ::testing::TestWithParam<const char*> {};

TEST_P(Forecasting, agrees_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/forecasting");
    expect_reference_answers("forecasting", GetParam(), {.relative = 1e-6});
}

INSTANTIATE_TEST_SUITE_P(Tables, Forecasting,
                         ::testing::Values("accuracy", "acf", "decompose", "holtwinters_fixed",
                                           "tslm"));

class SimpleForecasts : public ::testing::TestWithParam<const char*> {};

TEST_P(SimpleForecasts, agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/forecasting");
    expect_reference_answers("forecasting", "simple", {.relative = 1e-6, .only = GetParam()});
}

INSTANTIATE_TEST_SUITE_P(Methods, SimpleForecasts,
                         ::testing::Values("naive_", "snaive_", "drift_", "mean_"));

TEST(ThetaForecasts, agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/forecasting");
    expect_reference_answers("forecasting", "simple", {.relative = 2e-3, .only = "theta_"});
}

TEST(FittedSmoothing, forecasts_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/forecasting");
    expect_reference_answers("forecasting", "ets_opt", {.relative = 5e-3, .only = "mean_"});
}

TEST(FittedSmoothing, information_criterion_agrees_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/forecasting");
    expect_reference_answers("forecasting", "ets_opt",
                             {.relative = 0, .absolute = 0.5, .only = "aic"});
}

}  // namespace
}  // namespace purse
