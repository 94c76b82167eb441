#include "money/factor.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace purse {
namespace {

TEST(Factor, IsReadFromPlainAndScientificText) {
    const std::pair<std::string_view, std::int64_t> cases[] = {
        {"1", 1'000'000},
        {"1.036391", 1'036'391},
        {"0.3", 300'000},
        {".5", 500'000},
        {"2.", 2'000'000},
        {"1e-3", 1'000},
        {"1.5E+1", 15'000'000},
        {"-0.011", -11'000},
        {"0.30000000000000004", 300'000},
        {"0.29999999999999999", 300'000},
        {"0.0000005", 1},
        {"0.00000049999", 0},
        {"-0.0000005", -1},
        {"5e-7", 1},
        {"5e-8", 0},
        {"9e-400", 0},
        {"0e400", 0},
        {"9223372036854.775807", std::numeric_limits<std::int64_t>::max()},
    };
    for (const auto& [text, millionths] : cases) {
        const auto factor = parse_factor(text);
        ASSERT_TRUE(factor.ok()) << text;
        EXPECT_EQ(factor->millionths(), millionths) << text;
    }
}

TEST(Factor, IsRefusedWhenItIsNoNumber) {
    for (const std::string_view text : {"",
                                        "-",
                                        ".",
                                        "e5",
                                        "1e",
                                        "1e+",
                                        "1e1.5",
                                        "1.2.3",
                                        "1,000",
                                        " 1",
                                        "1 ",
                                        "+1",
                                        "--1",
                                        "nan",
                                        "inf",
                                        "0x10",
                                        "1e401",
                                        "1e-401",
                                        "1e99999999999",
                                        "1e20",
                                        "9223372036854.775808",
                                        "9223372036854.7758075"}) {
        EXPECT_FALSE(parse_factor(text).ok()) << text;
    }
    EXPECT_EQ(parse_factor("abc").problem().says, "'abc' is not a number");
}

TEST(Factor, IsPrintedWithSixDecimals) {
    EXPECT_EQ(to_text(Factor(1'036'391)), "1.036391");
    EXPECT_EQ(to_text(Factor(-11'000)), "-0.011000");
    EXPECT_EQ(to_text(Factor()), "1.000000");
    EXPECT_EQ(to_text(Factor(std::numeric_limits<std::int64_t>::min())), "-9223372036854.775808");
}

TEST(Division, RoundsHalvesAndTheRestAsItIsTold) {
    struct Case {
        Rounding rounding;
        std::int64_t results[8];  // of the numerators by 2
    };
    const std::int64_t numerators[] = {-7, -5, -3, -1, 1, 3, 5, 7};
    const Case halves[] = {
        {Rounding::half_up, {-4, -3, -2, -1, 1, 2, 3, 4}},
        {Rounding::half_even, {-4, -2, -2, 0, 0, 2, 2, 4}},
        {Rounding::half_down, {-3, -2, -1, 0, 0, 1, 2, 3}},
        {Rounding::up, {-4, -3, -2, -1, 1, 2, 3, 4}},
        {Rounding::down, {-3, -2, -1, 0, 0, 1, 2, 3}},
        {Rounding::ceiling, {-3, -2, -1, 0, 1, 2, 3, 4}},
        {Rounding::floor, {-4, -3, -2, -1, 0, 1, 2, 3}},
    };
    for (const Case& one : halves) {
        for (std::size_t i = 0; i < 8; ++i) {
            EXPECT_EQ(divided(numerators[i], 2, one.rounding), one.results[i]) << numerators[i];
        }
    }
    for (const Rounding nearest : {Rounding::half_up, Rounding::half_even, Rounding::half_down}) {
        EXPECT_EQ(divided(14, 10, nearest), 1);
        EXPECT_EQ(divided(16, 10, nearest), 2);
        EXPECT_EQ(divided(-16, 10, nearest), -2);
        EXPECT_EQ(divided(20, 10, nearest), 2);
    }
}

TEST(Scaling, IsExactBeforeItIsRounded) {
    EXPECT_EQ(scaled(Pence(123'456), Factor(1'036'391), Rounding::half_up), Pence(127'949));
    EXPECT_EQ(scaled(Pence(1), Factor(500'000), Rounding::half_up), Pence(1));
    EXPECT_EQ(scaled(Pence(-1), Factor(500'000), Rounding::half_up), Pence(-1));
    EXPECT_EQ(scaled(Pence(-1), Factor(500'000), Rounding::half_even), Pence(0));
    const Pence most(std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(scaled(most, Factor(), Rounding::half_up), most);
}

TEST(ScalingDeathTest, StopsBeforeAnAmountThatDoesNotFit) {
    const Pence most(std::numeric_limits<std::int64_t>::max());
    EXPECT_DEATH((void)scaled(most, Factor(1'000'001), Rounding::half_up), "promise");
    EXPECT_DEATH((void)divided(1, 0, Rounding::half_up), "promise");
}

}  // namespace
}  // namespace purse
