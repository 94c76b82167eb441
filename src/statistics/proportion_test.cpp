#include "statistics/proportion.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "statistics/survey.hpp"
#include "statistics/two_proportions.hpp"

namespace purse {
namespace {

// Newcombe 1998, table I: 81 of 263.
TEST(Proportion, has_wilsons_published_limits) {
    const auto share = proportion(81, 263, 1, Confidence::of_95());
    ASSERT_TRUE(share.ok());
    EXPECT_NEAR(share->interval.lower, 0.2553, 5e-5);
    EXPECT_NEAR(share->interval.upper, 0.3662, 5e-5);
}

TEST(Proportion, of_none_and_of_all_stays_within_0_and_1) {
    EXPECT_EQ(proportion(0, 20, 1, Confidence::of_95())->interval.lower, 0);
    EXPECT_NEAR(proportion(0, 20, 1, Confidence::of_95())->interval.upper, 0.1611, 5e-5);
    EXPECT_EQ(proportion(20, 20, 100, Confidence::of_95())->interval.upper, 100);
}

TEST(Proportion, refuses_more_counted_than_there_are) {
    const auto share = proportion(21, 20, 1, Confidence::of_95());
    ASSERT_FALSE(share.ok());
    EXPECT_EQ(share.problem().says, "21 counted of 20 is more than there are");
    EXPECT_FALSE(proportion(0, 0, 1, Confidence::of_95()).ok());
    EXPECT_FALSE(proportion(-1, 5, 1, Confidence::of_95()).ok());
}

// Newcombe 1998, table II, example (a): 56/70 against 48/80.
TEST(TwoProportions, have_newcombes_published_limits) {
    const auto two = compare_proportions({56, 70}, {48, 80}, Confidence::of_95());
    ASSERT_TRUE(two.ok());
    EXPECT_NEAR(two->difference, 0.2, 1e-12);
    EXPECT_NEAR(two->newcombe.lower, 0.0524, 5e-5);
    EXPECT_NEAR(two->newcombe.upper, 0.3339, 5e-5);
}

// Fisher's lady: 3 of 4 cups right, all tables of her margins: p = (16 + 1 + 16 + 1) / 70.
TEST(TwoProportions, have_fishers_own_p) {
    const auto two = compare_proportions({3, 4}, {1, 4}, Confidence::of_95());
    ASSERT_TRUE(two.ok());
    EXPECT_NEAR(two->fisher_p, 34.0 / 70, 1e-12);
    EXPECT_NEAR(*two->odds_ratio, 9, 1e-12);
}

TEST(TwoProportions, leave_out_what_is_not_defined) {
    const auto two = compare_proportions({5, 10}, {0, 10}, Confidence::of_95());
    ASSERT_TRUE(two.ok());
    EXPECT_FALSE(two->ratio || two->odds_ratio || two->ratio_interval);
    EXPECT_TRUE(two->z);
    EXPECT_FALSE(compare_proportions({0, 10}, {0, 5}, Confidence::of_95())->z);
}

TEST(TwoProportions, refuse_parts_of_people) {
    EXPECT_FALSE(compare_proportions({2.5, 10}, {1, 10}, Confidence::of_95()).ok());
}

std::vector<SurveyReply> two_strata() {
    return {{"A", "", 10, 20.0},
            {"A", "", 10, 20.0},
            {"B", "", 5, 15.0},
            {"B", "", 5, 15.0},
            {"B", "", 5, 15.0}};
}

// By hand: totals 10(1+3) + 5(2+4+6) = 100; variance (1-2/20) 2 x 200 + (1-3/15) 3 x 100 = 600.
TEST(SurveyTotal, adds_the_strata_with_what_was_not_asked) {
    const auto design = SurveyDesign::of(two_strata());
    ASSERT_TRUE(design.ok());
    const std::vector<double> y{1, 3, 2, 4, 6};
    EXPECT_DOUBLE_EQ(design->total(y).value, 100);
    EXPECT_NEAR(design->total(y).standard_error, std::sqrt(600.0), 1e-9);
    EXPECT_EQ(design->freedom(), 3U);
}

TEST(SurveyProportion, knows_no_spread_where_all_answer_alike) {
    const auto design = SurveyDesign::of(two_strata());
    ASSERT_TRUE(design.ok());
    const std::vector<double> yes(5, 1.0);
    const auto found = survey_proportion(*design, yes, Confidence::of_95());
    EXPECT_EQ(found.estimate.value, 1);
    EXPECT_FALSE(found.intervals);
    EXPECT_FALSE(design->design_effect(yes));
}

TEST(SurveyDesigns, refuse_a_stratum_of_one_and_a_population_below_its_sample) {
    auto lonely = two_strata();
    lonely.push_back({"C", "", 1, 9.0});
    EXPECT_NE(SurveyDesign::of(lonely).problem().says.find("stratum C"), std::string::npos);
    auto small = two_strata();
    for (auto& reply : small) reply.population = 2.0;
    EXPECT_FALSE(SurveyDesign::of(small).ok());
    auto weightless = two_strata();
    weightless[0].weight = 0;
    EXPECT_FALSE(SurveyDesign::of(weightless).ok());
}

// The same clusters' names in two strata are different clusters.
TEST(SurveyDesigns, name_clusters_within_their_stratum) {
    const std::vector<SurveyReply> replies{
        {"A", "1", 1, {}}, {"A", "2", 1, {}}, {"B", "1", 1, {}}, {"B", "2", 1, {}}};
    EXPECT_EQ(SurveyDesign::of(replies)->freedom(), 2U);
}

}  // namespace
}  // namespace purse
