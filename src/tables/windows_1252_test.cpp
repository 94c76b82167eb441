#include "tables/windows_1252.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Windows1252, BecomesUtf8) {
    EXPECT_EQ(from_windows_1252("plain"), "plain");
    EXPECT_EQ(from_windows_1252("caf\xE9"), "café");
    EXPECT_EQ(from_windows_1252("\x80 \x91\x92 \x9F"), "€ ‘’ Ÿ");
    EXPECT_EQ(from_windows_1252("\xA3\xFF"), "£ÿ");
    EXPECT_EQ(from_windows_1252("\x81"), "\xC2\x81");
}

TEST(Windows1252, OfAnyBytesIsValidUtf8) {
    for (int byte = 0; byte < 256; ++byte) {
        EXPECT_TRUE(is_utf8(from_windows_1252(std::string(3, static_cast<char>(byte))))) << byte;
    }
}

TEST(Utf8, IsToldFromOtherBytes) {
    const std::pair<std::string_view, bool> cases[] = {
        {"", true},
        {"plain text longer than eight", true},
        {"é€𝄞 after and before: é€𝄞", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"caf\xE9", false},  // cut short
        {"\xE9"
         "a",
         false},                      // not followed
        {"\x80", false},              // cannot lead
        {"\xC0\xAF", false},          // overlong
        {"\xE0\x80\xAF", false},      // overlong
        {"\xED\xA0\x80", false},      // a surrogate
        {"\xF4\x90\x80\x80", false},  // above U+10FFFF
        {"eight by eight, then \xFF", false},
    };
    for (const auto& [text, valid] : cases) EXPECT_EQ(is_utf8(text), valid) << text;
}

}  // namespace
}  // namespace purse
