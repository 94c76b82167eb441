#include "statistics/credibility.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace purse {
namespace {

// Each period twelve are expected of every unit of size; ratio and scatter as given.
MemberRecord record_of(double size, double ratio, double scatter, int phase, int periods = 24) {
    MemberRecord record;
    for (int t = 0; t < periods; ++t) {
        record.expected.push_back(12 * size);
        record.came.push_back(12 * size *
                              (ratio + scatter * std::sin((t + phase) * (t + 3) * 1.3)));
    }
    return record;
}

// The convex sum of what is believed holds to the last digit: it is told to readers.
void expect_a_mixture(const Credibility& found) {
    for (const MemberCredibility& one : found.members) {
        EXPECT_GE(one.credibility, 0);
        EXPECT_LE(one.credibility, 1);
        EXPECT_NEAR(one.believed, one.credibility * one.own + (1 - one.credibility) * found.group,
                    1e-12);
    }
}

TEST(Credibility, believes_large_differences_that_last) {
    const std::vector<MemberRecord> records = {
        record_of(100, 1.3, 0.02, 1), record_of(100, 0.7, 0.02, 2), record_of(100, 1, 0.02, 3)};
    const auto found = credibility_of(records);
    ASSERT_TRUE(found.ok());
    expect_a_mixture(*found);
    EXPECT_NEAR(found->group, 1, 0.01);
    EXPECT_GT(found->members[0].credibility, 0.95);
    EXPECT_NEAR(found->members[0].believed, 1.3, 0.02);
    EXPECT_GT(found->between, 0.04);
}

TEST(Credibility, believes_little_of_differences_that_chance_explains) {
    const std::vector<MemberRecord> records = {record_of(1, 1.01, 0.3, 1),
                                               record_of(1, 0.99, 0.3, 2), record_of(1, 1, 0.3, 3),
                                               record_of(1, 1, 0.3, 4)};
    const auto found = credibility_of(records);
    ASSERT_TRUE(found.ok());
    expect_a_mixture(*found);
    for (const MemberCredibility& one : found->members) {
        EXPECT_LT(one.credibility, 0.6);
        EXPECT_LT(std::abs(one.believed - 1), 0.06);
    }
}

TEST(Credibility, believes_a_large_member_more_than_a_small_one) {
    std::vector<MemberRecord> records;
    for (int i = 0; i < 6; ++i) records.push_back(record_of(100, i % 2 == 0 ? 1.1 : 0.9, 0.05, i));
    records.push_back(record_of(1, 0.7, 0.5, 7));
    const auto found = credibility_of(records);
    ASSERT_TRUE(found.ok());
    expect_a_mixture(*found);
    EXPECT_GT(found->members[0].credibility, found->members[6].credibility);
    EXPECT_GT(found->members[6].believed, found->members[6].own);
    EXPECT_GT(found->members[6].variance, found->members[0].variance);
}

// A member whose record has changed for good is believed by its newest periods.
TEST(Credibility, follows_members_that_change) {
    std::vector<MemberRecord> records;
    for (int i = 0; i < 4; ++i) {
        records.push_back(record_of(100, 1, 0.01, i));
        for (std::size_t t = 12; t < 24; ++t) {
            records.back().came[t] *= i % 2 == 0 ? 1 + 0.02 * static_cast<double>(t - 11)
                                                 : 1 - 0.02 * static_cast<double>(t - 11);
        }
    }
    const auto found = credibility_of(records);
    ASSERT_TRUE(found.ok());
    expect_a_mixture(*found);
    EXPECT_GT(found->moving, 1e-4);
    EXPECT_GT(found->members[0].believed, 1.18);
    EXPECT_LT(found->members[1].believed, 0.82);
}

TEST(Credibility, a_member_that_was_not_there_is_taken_as_the_group) {
    std::vector<MemberRecord> records = {record_of(10, 1.2, 0.05, 1), record_of(10, 0.8, 0.05, 2),
                                         record_of(0, 1, 0, 3)};
    const auto found = credibility_of(records);
    ASSERT_TRUE(found.ok());
    EXPECT_NEAR(found->members[2].credibility, 0, 1e-12);
    EXPECT_NEAR(found->members[2].believed, found->group, 1e-12);
}

TEST(Credibility, refuses_what_tells_nothing) {
    const std::vector<MemberRecord> one = {record_of(10, 1, 0.1, 1)};
    EXPECT_FALSE(credibility_of(one).ok());
    const std::vector<MemberRecord> uneven = {record_of(1, 1, 0.1, 1), record_of(1, 1, 0.1, 1, 23)};
    EXPECT_FALSE(credibility_of(uneven).ok());
    const std::vector<MemberRecord> nothing = {record_of(0, 1, 0, 1), record_of(0, 1, 0, 2)};
    EXPECT_FALSE(credibility_of(nothing).ok());
}

}  // namespace
}  // namespace purse
