#include "intake/packed_text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace purse {
namespace {

TEST(PackedText, is_packed_as_the_plain_loop_packs) {
    std::mt19937 random(7);
    for (int i = 0; i < 200'000; ++i) {
        std::string text(random() % 10, ' ');
        for (char& c : text) {
            c = static_cast<char>(random() % 4 == 0 ? random() % 256 : '!' + random() % 94);
        }
        const PackedText fast = pack(text);
        ASSERT_EQ(fast.code, packed(text)) << ::testing::PrintToString(text);
        for (const char c : text) {
            if (text.size() > 8 || c < 'a' || c > 'z') continue;
            EXPECT_TRUE(fast.maybe_lower) << text;
        }
        if (fast.code == bad_code) continue;
        ASSERT_EQ(size_of_packed(fast.code), text.size());
    }
}

}  // namespace
}  // namespace purse
