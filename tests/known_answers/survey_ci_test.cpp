// Intervals of proportions and estimates from samples against statsmodels 0.13.5 and R's survey
// 4.1-1.
#include <gtest/gtest.h>

#include "support/statistics_oracle.hpp"

namespace purse {
namespace {

using testing::expect_reference_answers;

TEST(SurveyIntervals, one_proportion_agrees_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/survey_ci");
    expect_reference_answers("survey_ci", "proportion_ci", {.relative = 1e-8});
}

TEST(SurveyIntervals, two_proportions_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/survey_ci");
    // Fisher's p falls to 1e-70: only its relative error tells.
    expect_reference_answers("survey_ci", "two_proportions", {.relative = 1e-8, .absolute = 0});
}

TEST(SurveyIntervals, designs_agree_with_the_reference) {
    PURSE_NEEDS_SHARED("oracles/survey_ci");
    expect_reference_answers("survey_ci", "design", {.relative = 1e-7});
}

}  // namespace
}  // namespace purse
