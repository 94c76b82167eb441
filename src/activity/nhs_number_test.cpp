#include "activity/nhs_number.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(NhsNumber, IsReadWithAndWithoutSeparators) {
    for (const std::string_view text :
         {"9434765919", "943 476 5919", "943-476-5919", " 943 476 5919 "}) {
        const auto number = parse_nhs_number(text);
        ASSERT_TRUE(number.ok()) << text;
        EXPECT_EQ(*number, "9434765919");
    }
}

TEST(NhsNumber, IsRefusedForTheRightReason) {
    const std::pair<std::string_view, NhsNumberFault> cases[] = {
        {"", NhsNumberFault::not_ten_digits},
        {"943476591", NhsNumberFault::not_ten_digits},
        {"94347659190", NhsNumberFault::not_ten_digits},
        {"94347659I9", NhsNumberFault::not_ten_digits},
        {"943.476.5919", NhsNumberFault::not_ten_digits},
        {std::string_view("943476591\0", 10), NhsNumberFault::not_ten_digits},
        {"9434765918", NhsNumberFault::wrong_check_digit},
        {"9437465919", NhsNumberFault::wrong_check_digit},  // two digits changed places
        {"0000000000", NhsNumberFault::all_zeros},
    };
    for (const auto& [text, fault] : cases) {
        std::array<char, 10> digits{};
        EXPECT_EQ(check_nhs_number(text, digits), fault) << text;
        EXPECT_FALSE(read_nhs_number(text, digits)) << text;
        EXPECT_FALSE(parse_nhs_number(text).ok()) << text;
    }
}

// Nine digits whose check digit would be 10 belong to nobody, whatever the tenth digit.
TEST(NhsNumber, WithACheckDigitOfTenDoesNotExist) {
    std::array<char, 10> digits{};
    for (char last = '0'; last <= '9'; ++last) {
        EXPECT_FALSE(read_nhs_number(std::string("123456789") + last, digits));
    }
}

TEST(NhsNumber, EveryMistypedDigitIsFound) {
    std::array<char, 10> digits{};
    for (std::size_t place = 0; place < 10; ++place) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string text = "9434765919";
            const bool same = text[place] == digit;
            text[place] = digit;
            EXPECT_EQ(read_nhs_number(text, digits), same) << text;
        }
    }
}

TEST(NhsNumber, ProblemNeverQuotesTheDigits) {
    EXPECT_EQ(parse_nhs_number("9434765918").problem().says.find("5918"), std::string::npos);
}

TEST(NhsNumber, IsPrintedInGroups) {
    std::array<char, 10> digits{};
    ASSERT_TRUE(read_nhs_number("9434765919", digits));
    EXPECT_EQ(in_groups(digits), "943 476 5919");
}

}  // namespace
}  // namespace purse
