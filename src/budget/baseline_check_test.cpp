#include "budget/baseline_check.hpp"

#include <gtest/gtest.h>

#include <random>

namespace purse {
namespace {

PracticeActivity of(const std::string& code, std::int64_t before, std::int64_t now,
                    std::int64_t list = 5'000) {
    return {PracticeCode(code),
            BudgetLine::outpatient_first,
            {now, Patients(list)},
            {{before, Patients(list)}}};
}

std::vector<PracticeActivity> quiet(int practices) {
    std::vector<PracticeActivity> all;
    for (int i = 0; i < practices; ++i) {
        all.push_back(of("P" + std::to_string(10 + i), 1'000 + i, 1'020 + i));
    }
    return all;
}

TEST(BaselineCheck, sees_the_practice_that_grew_and_no_other) {
    auto all = quiet(8);
    all[3] = of("P13", 1'000, 1'400);
    const auto found = out_of_line(all, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].practice, PracticeCode("P13"));
    EXPECT_EQ(found[0].count, 1'400);
    EXPECT_EQ(found[0].expected, 1'020);  // by the other seven's change of 2%
    EXPECT_EQ(found[0].percent_above, 37);
    EXPECT_EQ(in_words(found[0], "2017/18", "2016/17").substr(0, 76),
              "Outpatients: first attendances: 1,400 in the baseline 2017/18, where its own");
}

TEST(BaselineCheck, goes_by_what_all_did_and_by_the_list) {
    auto all = quiet(8);
    for (PracticeActivity& practice : all) practice.baseline.count *= 2;  // all doubled
    EXPECT_TRUE(out_of_line(all, {}).empty());
    all = quiet(8);
    all[2] = of("P12", 1'000, 2'040, 10'000);
    all[2].earlier[0].list = Patients(5'000);  // twice as many patients
    EXPECT_TRUE(out_of_line(all, {}).empty());
    // A high user that has always been one.
    all[5] = of("P15", 2'000, 2'040);
    EXPECT_TRUE(out_of_line(all, {}).empty());
}

TEST(BaselineCheck, allows_for_chance_small_numbers_and_missing_years) {
    auto all = quiet(8);
    all[3] = of("P13", 10, 19);  // nearly double, of ten
    EXPECT_TRUE(out_of_line(all, {}).empty());
    all[3] = of("P13", 1'000, 1'110);  // within 3 × √(1.5 × 2,060) of 1,020
    EXPECT_TRUE(out_of_line(all, {}).empty());
    all[3] = of("P13", 1'000, 1'400);
    all[3].earlier[0].list = Patients(0);  // nothing to compare with
    EXPECT_TRUE(out_of_line(all, {}).empty());
    EXPECT_TRUE(out_of_line({of("P1", 1'000, 9'000)}, {}).empty());  // nobody else
}

// Practices that differ from year to year by chance alone, twice as spread as Poisson: a few in a
// hundred thousand are told of.
TEST(BaselineCheck, seldom_speaks_where_there_is_nothing) {
    std::mt19937_64 chance(5);
    std::size_t told = 0, lines = 0;
    for (int run = 0; run < 400; ++run) {
        std::vector<PracticeActivity> all;
        for (int i = 0; i < 50; ++i) {
            const double mean = 200 + 20.0 * i;
            std::normal_distribution<double> draw(mean, std::sqrt(2 * mean));
            all.push_back(of("P" + std::to_string(100 + i), std::llround(draw(chance)),
                             std::llround(draw(chance))));
            ++lines;
        }
        told += out_of_line(all, {}).size();
    }
    EXPECT_LT(told, lines / 250);  // under 0.4%
}

TEST(BaselineCheck, goes_by_rules_with_sources) {
    const auto rules = read_baseline_check_rules(std::filesystem::path(PURSE_SOURCE_DIR) /
                                                 "rules/baseline_check.toml");
    ASSERT_TRUE(rules.ok()) << rules.problem().says;
    EXPECT_EQ(rules->earlier_years, 3);
    EXPECT_EQ(rules->limit, 3);
}

}  // namespace
}  // namespace purse
