#include "api/kept_values.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>

namespace purse {
namespace {

using Words = KeptValues<int, std::string>;

Result<std::string> word(std::string text) { return text; }

TEST(KeptValues, AreMadeOnceAndKept) {
    Words words(2);
    int made = 0;
    const auto make = [&] { return word(std::to_string(++made)); };
    EXPECT_EQ(**words.of(7, make), "1");
    EXPECT_EQ(**words.of(7, make), "1");
    EXPECT_EQ(**words.of(8, make), "2");
}

TEST(KeptValues, TheOneThatWasNotUsedForLongestGoesFirst) {
    Words words(2);
    int made = 0;
    const auto make = [&] { return word(std::to_string(++made)); };
    (void)words.of(1, make);
    (void)words.of(2, make);
    (void)words.of(1, make);
    (void)words.of(3, make);  // 2 goes
    EXPECT_EQ(**words.of(1, make), "1");
    EXPECT_EQ(**words.of(2, make), "4");
}

TEST(KeptValues, ManyWhoAskAtOnceWaitForOneMaking) {
    Words words(4);
    std::atomic<int> made = 0;
    std::latch begun(1);
    const auto slow = [&]() -> Result<std::string> {
        begun.count_down();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return std::to_string(++made);
    };
    std::vector<std::thread> askers;
    askers.emplace_back([&] { EXPECT_EQ(**words.of(1, slow), "1"); });
    begun.wait();
    // Another key is not held up by it, and the same key is not made twice.
    EXPECT_EQ(**words.of(2, [] { return word("two"); }), "two");
    for (int i = 0; i < 4; ++i) {
        askers.emplace_back([&] { EXPECT_EQ(**words.of(1, [] { return word("never"); }), "1"); });
    }
    for (auto& asker : askers) asker.join();
    EXPECT_EQ(made, 1);
}

TEST(KeptValues, WhatWentWrongIsToldAndTriedAgain) {
    Words words(2);
    EXPECT_FALSE(words.of(1, []() -> Result<std::string> { return not_found("no"); }).ok());
    EXPECT_THROW((void)words.of(1, []() -> Result<std::string> { throw std::runtime_error("x"); }),
                 std::runtime_error);
    EXPECT_EQ(**words.of(1, [] { return word("yes"); }), "yes");
}

TEST(KeptValues, WhatWasBegunBeforeTheyWereClearedIsNotKept) {
    Words words(2);
    EXPECT_EQ(**words.of(1,
                         [&] {
                             words.clear();
                             return word("old");
                         }),
              "old");
    EXPECT_EQ(**words.of(1, [] { return word("new"); }), "new");
}

}  // namespace
}  // namespace purse
