#include "statistics/chain_ladder.hpp"

#include <gtest/gtest.h>

#include <array>

namespace purse {
namespace {

// By hand: factors (150 + 260) / (100 + 200) and 165 / 150.
TEST(ChainLadder, projects_a_small_triangle_by_hand) {
    const auto ladder = chain_ladder({{100, 150, 165}, {200, 260}, {300}});
    ASSERT_TRUE(ladder.ok());
    EXPECT_NEAR(ladder->steps[0].factor, 410.0 / 300, 1e-12);
    EXPECT_NEAR(ladder->steps[1].factor, 1.1, 1e-12);
    EXPECT_NEAR(ladder->periods[1].ultimate, 286, 1e-9);
    EXPECT_NEAR(ladder->periods[2].ultimate, 451, 1e-9);
    EXPECT_NEAR(ladder->outstanding, 26 + 151, 1e-9);
    EXPECT_NEAR(ladder->steps[0].completion, 300.0 / 451, 1e-12);
    // sigma^2 of the first step: 100 (1.5 - f)^2 + 200 (1.3 - f)^2, over 1.
    const double f = 410.0 / 300;
    EXPECT_NEAR(ladder->steps[0].sigma_squared,
                100 * (1.5 - f) * (1.5 - f) + 200 * (1.3 - f) * (1.3 - f), 1e-12);
}

// Taylor and Ashe's triangle with the reserves and errors that Mack 1993 publishes.
TEST(ChainLadder, gives_the_errors_that_mack_published) {
    const auto ladder = chain_ladder(
        {{357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463},
         {352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085},
         {290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315},
         {310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268},
         {443160, 1136350, 2128333, 2897821, 3402672, 3873311},
         {396132, 1333217, 2180715, 2985752, 3691712},
         {440832, 1288463, 2419861, 3483130},
         {359480, 1421128, 2864498},
         {376686, 1363294},
         {344014}});
    ASSERT_TRUE(ladder.ok());
    constexpr std::array<double, 10> reserves{0,       94634,   469511,  709638,  984889,
                                              1419459, 2177641, 3920301, 4278972, 4625811};
    constexpr std::array<double, 10> errors{0,      75535,  121699, 133549, 261406,
                                            411010, 558317, 875328, 971258, 1363155};
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_NEAR(ladder->periods[i].outstanding, reserves[i], 1) << i;
        EXPECT_NEAR(ladder->periods[i].standard_error, errors[i], 1) << i;
    }
    EXPECT_NEAR(ladder->outstanding, 18680856, 1);
    EXPECT_NEAR(ladder->standard_error, 2447095, 1);
}

TEST(ChainLadder, of_steps_without_spread_has_no_error) {
    const auto ladder = chain_ladder({{100, 200, 220}, {50, 100}, {30}});
    ASSERT_TRUE(ladder.ok());
    EXPECT_NEAR(ladder->standard_error, 0, 1e-9);
    EXPECT_NEAR(ladder->periods[2].ultimate, 66, 1e-9);
}

// A practice's part is projected as its row is: parts add up, and their errors make the row's
// again.
TEST(ChainLadder, parts_of_a_row_have_errors_that_make_up_the_rows_own) {
    const auto ladder = chain_ladder({{100, 150, 165}, {200, 260, 291}, {150, 205}, {300}});
    ASSERT_TRUE(ladder.ok());
    const FactorToUltimate to = factor_to_ultimate(*ladder, 0);
    EXPECT_NEAR(to.outstanding(300), ladder->periods[3].outstanding, 1e-9);
    EXPECT_NEAR(to.standard_error(300), ladder->periods[3].standard_error, 1e-9);
    EXPECT_NEAR(factor_to_ultimate(*ladder, 1).standard_error(205),
                ladder->periods[2].standard_error, 1e-9);
    OutstandingError parts;
    OutstandingError others;
    parts.add(80, 1, to);
    parts.add(100, 1, to);
    others.add(120, 1, to);
    parts += others;
    EXPECT_NEAR(parts.standard_error(), ladder->periods[3].standard_error, 1e-9);
    OutstandingError apart;
    apart.add(180, 1, to);
    apart.add(120, 2, to);
    EXPECT_LT(apart.standard_error(), parts.standard_error());
}

TEST(ChainLadder, refuses_what_is_no_triangle) {
    EXPECT_FALSE(chain_ladder({}).ok());
    EXPECT_FALSE(chain_ladder({{1, 2}}).ok());
    EXPECT_FALSE(chain_ladder({{1}, {1, 2}}).ok());
    EXPECT_FALSE(chain_ladder({{1, 2}, {}}).ok());
    EXPECT_FALSE(chain_ladder({{0, 2}, {1}}).ok());
    EXPECT_FALSE(chain_ladder({{-1, 2}, {1}}).ok());
}

}  // namespace
}  // namespace purse
