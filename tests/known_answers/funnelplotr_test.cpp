// Funnel plots with over-dispersion against FunnelPlotR 0.6.0 (NHS-R community), whose normal
// deviates have six decimals.
#include <gtest/gtest.h>

#include "support/statistics_oracle.hpp"

namespace purse {
namespace {

TEST(DispersedFunnels, groups_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/funnelplotr");
    testing::expect_reference_answers("funnelplotr", "groups", {.relative = 2e-6}, "funnel_groups");
}

TEST(DispersedFunnels, dispersion_and_outliers_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/funnelplotr");
    testing::expect_reference_answers("funnelplotr", "overall", {.relative = 1e-8},
                                      "funnel_overall");
}

}  // namespace
}  // namespace purse
