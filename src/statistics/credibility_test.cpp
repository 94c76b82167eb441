#include "statistics/credibility.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const std::vector<double> evenly = {1, 1};

// By hand: two members of size 10, ratios 1.2 and 0.8 in the mean, each +-0.1 from month to month.
// within = mean of 10 x 0.01 x 2 = 0.2; group 1; between = (20 x 0.04 x 2 - 0.2) / (40 - 20).
TEST(Credibility, is_what_buhlmann_and_straub_give_by_hand) {
    const std::vector<MemberRecord> records = {{{13, 11}, {10, 10}}, {{9, 7}, {10, 10}}};
    const auto found = credibility_of(records, evenly);
    ASSERT_TRUE(found.ok());
    EXPECT_NEAR(found->group, 1, 1e-12);
    EXPECT_NEAR(found->within, 0.2, 1e-12);
    EXPECT_NEAR(found->between, 0.07, 1e-12);
    const double credibility = 20 * 0.07 / (20 * 0.07 + 0.2);
    EXPECT_NEAR(found->members[0].credibility, credibility, 1e-12);
    EXPECT_NEAR(found->members[0].believed, 1 + credibility * 0.2, 1e-12);
    EXPECT_NEAR(found->members[0].variance, 0.07 * (1 - credibility), 1e-12);
}

TEST(Credibility, believes_nothing_of_differences_that_chance_explains) {
    const std::vector<MemberRecord> records = {{{12, 8}, {10, 10}}, {{8, 12}, {10, 10}}};
    const auto found = credibility_of(records, evenly);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->between, 0);
    EXPECT_EQ(found->members[0].credibility, 0);
    EXPECT_NEAR(found->members[0].believed, 1, 1e-12);
}

TEST(Credibility, believes_a_large_member_more_than_a_small_one) {
    const std::vector<MemberRecord> records = {
        {{1210, 1190}, {1000, 1000}}, {{9, 7}, {10, 10}}, {{790, 810}, {1000, 1000}}};
    const auto found = credibility_of(records, evenly);
    ASSERT_TRUE(found.ok());
    EXPECT_GT(found->members[0].credibility, found->members[1].credibility);
    EXPECT_GT(found->members[1].believed, found->members[1].own);
}

TEST(Credibility, a_member_that_was_not_there_is_taken_as_the_group) {
    const std::vector<MemberRecord> records = {
        {{13, 11}, {10, 10}}, {{9, 7}, {10, 10}}, {{0, 0}, {0, 0}}};
    const auto found = credibility_of(records, evenly);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->members[2].credibility, 0);
    EXPECT_NEAR(found->members[2].believed, 1, 1e-12);
}

TEST(Credibility, refuses_what_tells_nothing) {
    const std::vector<MemberRecord> one = {{{13, 11}, {10, 10}}};
    EXPECT_FALSE(credibility_of(one, evenly).ok());
    const std::vector<MemberRecord> uneven = {{{13, 11}, {10, 10}}, {{9}, {10}}};
    EXPECT_FALSE(credibility_of(uneven, evenly).ok());
    const std::vector<MemberRecord> nothing = {{{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}};
    EXPECT_FALSE(credibility_of(nothing, evenly).ok());
}

}  // namespace
}  // namespace purse
