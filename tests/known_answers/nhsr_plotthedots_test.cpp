// Control charts against NHSRplotthedots 0.2.2 (NHS-R community).
#include <gtest/gtest.h>

#include "support/statistics_oracle.hpp"

namespace purse {
namespace {

TEST(ControlCharts, points_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/nhsr_plotthedots");
    testing::expect_reference_answers("nhsr_plotthedots", "spc", {.relative = 1e-9});
}

TEST(ControlCharts, summaries_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/nhsr_plotthedots");
    testing::expect_reference_answers("nhsr_plotthedots", "summary", {.relative = 1e-9});
}

}  // namespace
}  // namespace purse
