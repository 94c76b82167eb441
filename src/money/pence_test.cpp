#include "money/pence.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "money/fine_pence.hpp"

namespace purse {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

TEST(Pence, ArePrintedInPounds) {
    struct Case {
        std::int64_t pence;
        std::string_view printed, plain;
    };
    const Case cases[] = {
        {0, "£0.00", "0.00"},
        {5, "£0.05", "0.05"},
        {-5, "−£0.05", "-0.05"},
        {123'456, "£1,234.56", "1234.56"},
        {-100'000'000, "−£1,000,000.00", "-1000000.00"},
        {99'999, "£999.99", "999.99"},
        {least, "−£92,233,720,368,547,758.08", "-92233720368547758.08"},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(in_pounds(Pence(one.pence)), one.printed);
        EXPECT_EQ(plain_pounds(Pence(one.pence)), one.plain);
    }
}

TEST(Pence, AreReadFromPounds) {
    const std::pair<std::string_view, std::int64_t> cases[] = {
        {"1234", 123'400},
        {"1,234.56", 123'456},
        {"£1,234.5", 123'450},
        {"-0.05", -5},
        {"−£0.05", -5},
        {"-£3", -300},
        {"0", 0},
        {".5", 50},
        {"92233720368547758.07", most},
    };
    for (const auto& [text, pence] : cases) {
        const auto read = parse_pounds(text);
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(read->count(), pence) << text;
    }
}

TEST(Pence, AreRefusedWhenTheTextIsNoAmount) {
    for (const std::string_view text :
         {"", "-", "£", ".", "1.234", "1.2.3", "abc", "1 234", "--5", "-−5", "££5", "£-5", ",5",
          "1.2,3", "1e3", "92233720368547758.08", "99999999999999999999"}) {
        EXPECT_FALSE(parse_pounds(text).ok()) << text;
    }
}

TEST(Pence, AddAndSubtract) {
    EXPECT_EQ(pounds(3) + Pence(5) - Pence(10), Pence(295));
    EXPECT_EQ(-Pence(5), Pence(-5));
    EXPECT_LT(Pence(-1), Pence(0));
}

TEST(PenceDeathTest, NeverOverflowQuietly) {
    EXPECT_DEATH((void)(Pence(most) + Pence(1)), "promise");
    EXPECT_DEATH((void)(Pence(least) - Pence(1)), "promise");
    EXPECT_DEATH((void)-Pence(least), "promise");
}

TEST(FinePence, KeepFiveDecimalsOfAPound) {
    const std::pair<std::string_view, std::int64_t> cases[] = {
        {"12.34567", 1'234'567},   {"12", 1'200'000}, {"-0.00001", -1},
        {"12.3456700", 1'234'567}, {"0.1", 10'000},   {".5", 50'000},
    };
    for (const auto& [text, thousandths] : cases) {
        const auto read = parse_fine_pounds(text);
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(read->thousandths(), thousandths) << text;
    }
    for (const std::string_view text :
         {"", "-", ".", "1.234567", "£1", "1,000", "1e3", "1.2.3", "99999999999999999"}) {
        EXPECT_FALSE(parse_fine_pounds(text).ok()) << text;
    }
}

TEST(Pence, ForASentenceLeaveThePenceOut) {
    const std::vector<std::pair<std::int64_t, std::string>> cases = {
        {0, "£0"},
        {8'549, "£85"},
        {99'949, "£999"},
        {173'250, "£1,700"},
        {35'291'280, "£353,000"},
        {99'944'900, "£999,000"},
        {99'950'000, "£1.00m"},
        {452'396'158, "£4.52m"},
        {-173'250, "−£1,700"},
    };
    for (const auto& [pence, text] : cases) EXPECT_EQ(roughly(Pence(pence)), text) << pence;
}

TEST(FinePence, ArePrintedAndRoundedOnce) {
    EXPECT_EQ(plain_pounds(FinePence(1'234'567)), "12.34567");
    EXPECT_EQ(plain_pounds(FinePence(-1)), "-0.00001");
    EXPECT_EQ(in_pounds(FinePence(123'456'789'012)), "£1,234,567.89012");
    EXPECT_EQ(in_pounds(FinePence(-100'000)), "−£1.00000");
    EXPECT_EQ(plain_pounds(FinePence(least)), "-92233720368547.75808");
    EXPECT_EQ(rounded(FinePence(1'234'500), Rounding::half_up), Pence(1'235));
    EXPECT_EQ(rounded(FinePence(1'234'499), Rounding::half_up), Pence(1'234));
    FinePence sum(400);
    sum += FinePence(100);
    EXPECT_EQ(rounded(sum, Rounding::half_up), Pence(1));
}

}  // namespace
}  // namespace purse
