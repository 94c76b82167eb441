#include "base/code.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace purse {
namespace {

using Letter = Code<struct LetterTag>;

TEST(Code, PacksUpToEightCharactersAndGivesThemBack) {
    for (const std::string_view text : {"", "A", "P84001", "EB03D", "12345678", "~!aZ"}) {
        EXPECT_EQ(unpacked(packed(text)), text);
        EXPECT_EQ(Letter(text).text(), text);
        EXPECT_EQ(Letter(text).empty(), text.empty());
    }
}

TEST(Code, IsBadWhenTheTextIsLongOrNotPlain) {
    using namespace std::string_view_literals;
    for (const std::string_view text : {"123456789"sv, "A B"sv, "caf\xE9"sv, "A\0"sv, "\n"sv}) {
        EXPECT_EQ(packed(text), bad_code) << text;
    }
}

TEST(Code, SortsAsItsTextDoes) {
    const std::string_view sorted[] = {"", "A", "A1", "AA", "B", "B0000000", "a"};
    for (std::size_t i = 1; i < std::size(sorted); ++i) {
        EXPECT_LT(Letter(sorted[i - 1]), Letter(sorted[i])) << sorted[i];
    }
}

TEST(Code, IsAKey) {
    const std::unordered_set<Letter> letters = {Letter("A"), Letter("B"), Letter("A")};
    EXPECT_EQ(letters.size(), 2U);
}

}  // namespace
}  // namespace purse
