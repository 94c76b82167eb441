#include "synthesis/chance.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Chance, is_the_same_for_the_same_seed_stream_and_place) {
    Chance one(7, 1, 3);
    Chance again(7, 1, 3);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(), again.next());
}

TEST(Chance, differs_by_seed_stream_and_place) {
    const std::uint64_t drawn = Chance(7, 1, 3).next();
    EXPECT_NE(drawn, Chance(8, 1, 3).next());
    EXPECT_NE(drawn, Chance(7, 2, 3).next());
    EXPECT_NE(drawn, Chance(7, 1, 4).next());
}

TEST(Chance, draws_the_numbers_it_drew_on_the_machine_it_was_written_on) {
    // Whoever changes these changes every made-up file.
    Chance chance(1, 2, 3);
    EXPECT_EQ(chance.next(), 15925659190040627001ULL);
    EXPECT_EQ(chance.below(1000), 357U);
    EXPECT_EQ(chance.normal_thousandths(), 1194);
}

TEST(Chance, gives_events_about_their_mean_and_spread_like_a_poisson_count) {
    Chance chance(5, 1, 1);
    constexpr int draws = 20'000;
    for (const std::int64_t mean : {500, 3'000, 40'000, 900'000}) {
        double sum = 0, squares = 0;
        for (int i = 0; i < draws; ++i) {
            const auto events = static_cast<double>(chance.events(mean));
            sum += events;
            squares += events * events;
        }
        const double average = sum / draws;
        const double expected = static_cast<double>(mean) / 1000;
        const double variance = squares / draws - average * average;
        // Small counts are cut off at nothing: there the mean stands a little high.
        EXPECT_NEAR(average, expected, expected < 2 ? 0.15 : expected * 0.02) << mean;
        EXPECT_NEAR(variance / expected, 1, expected < 2 ? 0.4 : 0.12) << mean;
    }
}

TEST(WholeRoot, is_the_floor_of_the_square_root) {
    for (const std::int64_t root : {0LL, 1LL, 2LL, 99LL, 46'341LL, 2'000'000'000LL}) {
        EXPECT_EQ(whole_root(root * root), root);
        if (root > 1) {
            EXPECT_EQ(whole_root(root * root - 1), root - 1);
        }
    }
}

TEST(Weighted, picks_in_proportion_and_never_what_weighs_nothing) {
    Weighted weights;
    for (const std::int64_t weight : {0, 30, 0, 70, 0}) weights.add(weight);
    Chance chance(9, 9, 9);
    std::array<int, 5> picked{};
    for (int i = 0; i < 10'000; ++i) ++picked[weights.pick(chance)];
    EXPECT_EQ(picked[0] + picked[2] + picked[4], 0);
    EXPECT_NEAR(picked[1], 3'000, 200);
}

}  // namespace
}  // namespace purse
