#include "money/rough_range.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(RoughRange, never_vanishes_in_rounding) {
    EXPECT_EQ(rough_range(pounds(1'200'000), pounds(1'310'000)),
              std::pair(std::string("£1.20m"), std::string("£1.31m")));
    EXPECT_EQ(rough_range(Pence(121'534'249), Pence(121'928'650)),
              std::pair(std::string("£1,215,342"), std::string("£1,219,287")));
    EXPECT_EQ(rough_range(Pence(-150), Pence(-150)).first, "−£2") << "nothing lies between";
}

}  // namespace
}  // namespace purse
