#include "budget/own_need.hpp"

#include <gtest/gtest.h>

#include "money/factor.hpp"

namespace purse {
namespace {

const std::vector<AgeBand> two_bands = parse_age_bands({"0-64", "65+"}).value();

NeedPractice practice(const char* code, int men_young, int men_old, int women_young,
                      int women_old) {
    NeedPractice made;
    made.practice = PracticeCode(code);
    made.then = {{Patients(men_young), Patients(men_old)},
                 {Patients(women_young), Patients(women_old)}};
    made.now = made.then;
    return made;
}

AgedCost cost(const char* code, char sex, std::optional<int> age, std::int64_t pounds_spent) {
    return {PracticeCode(code), "general_and_acute", sex, age, 1, pounds(pounds_spent)};
}

// Young men £10.00 a head (£1,000 over 100), old men £100.00 (£2,000 over 20), young women £5.00,
// old women £50.00. P1: 80 × 10 + 5 × 100 + 60 × 5 + 5 × 50 = £1,850; P2: 200 + 1,500 + 200 + 750
// = £2,650. Of 240 patients P1 has 240 × 1,850 ÷ 4,500 = 98.666667.
TEST(OwnNeed, is_the_commissioners_cost_a_head_over_the_practices_list) {
    const auto need =
        own_need(two_bands, {practice("P2", 20, 15, 40, 15), practice("P1", 80, 5, 60, 5)},
                 {cost("P1", 'M', 30, 900), cost("P2", 'M', 12, 100), cost("P2", 'M', 80, 2'000),
                  cost("P1", 'F', 64, 500), cost("P2", 'F', 65, 1'000)},
                 {});
    ASSERT_TRUE(need.ok()) << need.problem().says;
    EXPECT_EQ(need->components, std::vector<std::string>{"general_and_acute"});
    EXPECT_EQ(need->rates[0].rate, 1'000'000'000);  // £10.00 in millionths of a penny
    EXPECT_EQ(need->rates[1].rate, 10'000'000'000);
    EXPECT_EQ(need->expected.at(PracticeCode("P1"))[0], 185'000'000);
    EXPECT_EQ(need->weights.at(PracticeCode("P1"))[0], 98'666'667);
    EXPECT_EQ(need->weights.at(PracticeCode("P2"))[0], 141'333'333);
}

TEST(OwnNeed, counts_records_without_age_or_sex_and_leaves_them_out) {
    const std::vector<NeedPractice> practices = {practice("P1", 80, 5, 60, 0),
                                                 practice("P2", 20, 15, 40, 0)};
    const std::vector<AgedCost> costs = {cost("P1", 'M', 30, 900), cost("P2", 'M', 80, 2'000)};
    auto more = costs;
    more.push_back(cost("P1", 'M', std::nullopt, 77));
    more.push_back(cost("P1", '?', 30, 23));
    more.push_back(cost("P2", 'F', 70, 40));  // and no woman of 65 on any list
    const auto without = own_need(two_bands, practices, costs, {});
    const auto with = own_need(two_bands, practices, more, {});
    ASSERT_TRUE(with.ok()) << with.problem().says;
    EXPECT_EQ(with->weights, without->weights);
    EXPECT_EQ(with->without_age_or_sex.at("general_and_acute").records, 2);
    EXPECT_EQ(with->without_age_or_sex.at("general_and_acute").cost, pounds(100));
    EXPECT_EQ(with->without_patients.at("general_and_acute").cost, pounds(40));
}

TEST(OwnNeed, refuses_nothing_in_place_of_a_weight) {
    const auto says = [](std::vector<NeedPractice> practices, std::vector<AgedCost> costs) {
        const auto need = own_need(two_bands, std::move(practices), costs, {});
        return need.ok() ? std::string("accepted") : need.problem().says;
    };
    EXPECT_NE(
        says({practice("P1", 1, 0, 0, 0), practice("P2", 0, 0, 0, 0)}, {cost("P1", 'M', 3, 5)})
            .find("P2: no registered patients by age and sex"),
        std::string::npos);
    // P2 has nobody of those who cost anything: a weight of nothing.
    EXPECT_NE(
        says({practice("P1", 1, 0, 0, 0), practice("P2", 0, 9, 0, 0)}, {cost("P1", 'M', 3, 5)})
            .find("P2: nothing is expected"),
        std::string::npos);
    EXPECT_NE(says({practice("P1", 1, 1, 1, 1)}, {cost("P1", 'M', 3, 0)}).find("cost nothing"),
              std::string::npos);
}

// Ten practices of the same lists; those of the first five scores cost twice as much.
TEST(OwnNeed, takes_deprivation_by_fifths_of_the_patients) {
    std::vector<NeedPractice> practices;
    std::vector<AgedCost> costs;
    for (int i = 0; i < 10; ++i) {
        const std::string code = "P" + std::to_string(10 + i);
        practices.push_back(practice(code.c_str(), 50, 50, 0, 0));
        practices.back().deprivation = (20 - i) * Factor::one;
        costs.push_back(cost(code.c_str(), 'M', 30, i < 2 ? 200 : 100));
    }
    const auto fifths = deprivation_fifths(practices);
    EXPECT_EQ(fifths.at(PracticeCode("P10")), 1);
    EXPECT_EQ(fifths.at(PracticeCode("P12")), 2);
    EXPECT_EQ(fifths.at(PracticeCode("P19")), 5);
    OwnNeedRules rules;
    rules.fewest_practices_in_a_fifth = 2;
    const auto need = own_need(two_bands, practices, costs, rules);
    ASSERT_TRUE(need.ok()) << need.problem().says;
    ASSERT_EQ(need->ratios.size(), 5U);
    EXPECT_EQ(need->ratios[0].ratio, 1'666'667);  // £400 over 2 × £120
    EXPECT_EQ(need->ratios[1].ratio, 833'333);
    const auto weight = [&](const char* code) { return need->weights.at(PracticeCode(code))[0]; };
    EXPECT_NEAR(static_cast<double>(weight("P10")), 2.0 * static_cast<double>(weight("P15")), 200);

    const auto few = own_need(two_bands, practices, costs, {});
    ASSERT_FALSE(few.ok());
    EXPECT_NE(few.problem().says.find("fifth 1 of deprivation has 2 practices"), std::string::npos);
    practices[4].deprivation.reset();
    const auto missing = own_need(two_bands, practices, costs, rules);
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.problem().says.find("P14: no deprivation score"), std::string::npos);
}

TEST(OwnNeed, goes_by_rules_with_sound_bands) {
    const auto rules =
        read_own_need_rules(std::filesystem::path(PURSE_SOURCE_DIR) / "rules/need/own.toml");
    ASSERT_TRUE(rules.ok()) << rules.problem().says;
    EXPECT_EQ(rules->bands.size(), 11U);
    EXPECT_EQ(rules->coarser_bands.size(), 10U);
}

}  // namespace
}  // namespace purse
