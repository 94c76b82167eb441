// Rates, proportions, means, standardised rates, quantiles, the slope index and funnels against
// PHEindicatormethods 2.1.0 (UK Health Security Agency). Its funnel limits come from a bisection.
#include <gtest/gtest.h>

#include "support/statistics_oracle.hpp"

namespace purse {
namespace {

using testing::expect_reference_answers;

class PublicHealthIndicators : public ::testing::TestWithParam<const char*> {};

TEST_P(PublicHealthIndicators, agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/phe_indicators");
    expect_reference_answers("phe_indicators", GetParam(), {.relative = 1e-8});
}

INSTANTIATE_TEST_SUITE_P(Tables, PublicHealthIndicators,
                         ::testing::Values("rate", "proportion", "mean", "dsr",
                                           "dsr_nonindependent", "israte", "isratio", "quantile",
                                           "sii", "funnel_significance"));

TEST(PublicHealthFunnels, limits_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/phe_indicators");
    expect_reference_answers("phe_indicators", "funnel_limits", {.relative = 1e-4});
}

}  // namespace
}  // namespace purse
