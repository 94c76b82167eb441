#include "money/shares.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

std::vector<std::int64_t> shares(std::int64_t total, const std::vector<std::int64_t>& weights) {
    std::vector<std::int64_t> counts;
    for (const Pence share : shared_out(Pence(total), weights)) counts.push_back(share.count());
    return counts;
}

TEST(Shares, GoByWeightAndOddPenceByLargestRemainder) {
    using Counts = std::vector<std::int64_t>;
    EXPECT_EQ(shares(100, {1, 1, 1}), (Counts{34, 33, 33}));
    EXPECT_EQ(shares(101, {1, 1, 1}), (Counts{34, 34, 33}));
    EXPECT_EQ(shares(100, {1, 2, 3}), (Counts{17, 33, 50}));
    EXPECT_EQ(shares(-100, {1, 1, 1}), (Counts{-34, -33, -33}));
    EXPECT_EQ(shares(5, {0, 7, 3}), (Counts{0, 4, 1}));
    EXPECT_EQ(shares(0, {3, 4}), (Counts{0, 0}));
    EXPECT_EQ(shares(7, {9}), (Counts{7}));
}

TEST(Shares, OfLargeAmountsByLargeWeightsDoNotOverflow) {
    constexpr std::int64_t large = 9'000'000'000'000'000'000;
    EXPECT_EQ(shares(large, {large, large}), (std::vector<std::int64_t>{large / 2, large / 2}));
}

TEST(SharesDeathTest, NeedSomethingToGoBy) {
    EXPECT_DEATH((void)shares(1, {}), "promise");
    EXPECT_DEATH((void)shares(1, {0, 0}), "promise");
    EXPECT_DEATH((void)shares(1, {2, -1}), "promise");
}

}  // namespace
}  // namespace purse
