#include "benchmarking/signals.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

Signal of_p(double p) {
    Signal signal;
    signal.p = p;
    return signal;
}

TEST(FewOf, one_in_a_thousand_is_nothing_among_a_thousand_tests) {
    EXPECT_TRUE(few_of({of_p(0.001)}, 1000, 0.05).empty());
    EXPECT_EQ(few_of({of_p(0.00004)}, 1000, 0.05).size(), 1U);
}

// Benjamini and Hochberg's step up: the second's 0.00009 is above its own share alone, and below it
// as the second of three.
TEST(FewOf, what_stands_beside_others_counts_with_them) {
    EXPECT_EQ(few_of({of_p(0.00009), of_p(0.00001), of_p(0.00014)}, 1000, 0.05).size(), 3U);
    EXPECT_EQ(few_of({of_p(0.00009), of_p(0.00001), of_p(0.5)}, 1000, 0.05).size(), 2U);
}

// Twenty practices alike; the fourth has a third as many from the sixteenth month on.
StandardisedCounts counts_to(int months) {
    StandardisedCounts counts;
    for (int month = 0; month < months; ++month) counts.months.push_back(Month(2016, 4) + month);
    for (int i = 0; i < 20; ++i) {
        PracticeSeries series;
        series.practice = PracticeCode("X" + std::to_string(90000 + i));
        series.patients.assign(static_cast<std::size_t>(months), 6000);
        series.measures.resize(1);
        for (int month = 0; month < months; ++month) {
            int observed = 100 + 5 * ((month * 7 + i * 3) % 5 - 2);
            if (i == 3 && month >= 15) observed /= 3;
            series.measures[0].push_back({observed, 100.0});
        }
        counts.practices.push_back(series);
    }
    return counts;
}

Measures one_measure() {
    Measures measures;
    measures.all.resize(1);
    measures.all[0].code = "emergency_admissions";
    measures.all[0].name = "Emergency admissions";
    return measures;
}

const RebasesOf no_rebases = [](PracticeCode, const std::string&) {
    return std::vector<ChartRebase>();
};

TEST(Signals, tell_of_a_fall_in_the_month_that_shows_it_and_of_nobody_else) {
    const auto found = signals(counts_to(16), one_measure(), no_rebases, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].practice, PracticeCode("X90003"));
    EXPECT_EQ(found[0].seen_by, SeenBy::chart);
    EXPECT_EQ(found[0].side, -1);
    EXPECT_EQ(found[0].since, Month(2017, 7));
}

TEST(Signals, are_told_once) {
    for (const Signal& signal : signals(counts_to(17), one_measure(), no_rebases, {})) {
        EXPECT_NE(signal.seen_by, SeenBy::chart) << signal.says;
    }
}

TEST(Signals, are_none_where_all_is_as_it_was) {
    EXPECT_TRUE(signals(counts_to(15), one_measure(), no_rebases, {}).empty());
    EXPECT_TRUE(signals(counts_to(1), one_measure(), no_rebases, {}).empty());
}

}  // namespace
}  // namespace purse
