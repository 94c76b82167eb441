#include "benchmarking/price_per_unit.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace purse {
namespace {

const PricePerUnitRules rules;

PracticeCode practice(int number) { return PracticeCode("X" + std::to_string(90000 + number)); }

// Ten practices pay 2p a tablet for the generic; the tenth takes half of its tablets as the brand,
// at 10p.
std::vector<PrescribedMedicine> ten_practices() {
    std::vector<PrescribedMedicine> medicines;
    for (int i = 1; i <= 10; ++i) {
        const bool brand = i == 10;
        const std::int64_t tablets = brand ? 500 : 1000;
        medicines.push_back({practice(i), "0212000B0AAABAB", "Atorvastatin 20mg tablets", 10,
                             tablets * 1000, FinePence(tablets * 2 * 1000)});
        if (brand) {
            medicines.push_back({practice(i), "0212000B0BBABAB", "Lipitor 20mg tablets", 5,
                                 500 * 1000, FinePence(500 * 10 * 1000)});
        }
    }
    return medicines;
}

TEST(PricePerUnit, a_dearer_presentation_could_be_the_cheaper_one) {
    const auto found = price_savings(ten_practices(), rules);
    ASSERT_EQ(found.size(), 10U);
    const PracticeSavings& last = found.at(practice(10));
    ASSERT_EQ(last.savings.size(), 1U);
    // 500 tablets at 10p in place of 2p: £40.
    EXPECT_EQ(last.total, Pence(4000));
    EXPECT_EQ(last.savings[0].saving, Pence(4000));
    EXPECT_EQ(last.savings[0].name, "Atorvastatin 20mg tablets");
    EXPECT_EQ(last.savings[0].presentations[0].name, "Lipitor 20mg tablets");
    EXPECT_EQ(last.savings[0].price_of_thousand, 6'000'000);  // £60.00000
    EXPECT_EQ(last.savings[0].target_of_thousand, 2'000'000);
    EXPECT_EQ(found.at(practice(1)).total, Pence(0));
}

TEST(PricePerUnit, the_total_is_the_sum_of_what_is_shown) {
    auto medicines = ten_practices();
    for (int i = 1; i <= 10; ++i) {
        medicines.push_back({practice(i), "0103050P0AAAAAA", "Omeprazole 20mg capsules", 1,
                             28'000 + i, FinePence(77'777 + 1'313 * i)});
        medicines.push_back({practice(i), "0103050P0BBAAAA", "Losec 20mg capsules", 1, 28'000,
                             FinePence(977'777 + 1'111 * i)});
    }
    for (const auto& [code, savings] : price_savings(medicines, rules)) {
        Pence sum;
        for (const PriceSaving& saving : savings.savings) sum += saving.saving;
        EXPECT_EQ(sum, savings.total) << code.text();
    }
}

TEST(PricePerUnit, order_does_not_matter) {
    auto medicines = ten_practices();
    const auto before = price_savings(medicines, rules);
    std::ranges::reverse(medicines);
    const auto after = price_savings(medicines, rules);
    for (const auto& [code, savings] : before) EXPECT_EQ(savings.total, after.at(code).total);
}

TEST(PricePerUnit, one_presentation_alone_offers_no_choice) {
    auto medicines = ten_practices();
    std::erase_if(medicines, [](const auto& one) { return one.name.starts_with("Lipitor"); });
    medicines[0].cost = FinePence(9'000'000);
    for (const auto& [code, savings] : price_savings(medicines, rules)) {
        EXPECT_EQ(savings.total, Pence(0));
    }
}

TEST(PricePerUnit, few_practices_set_no_target) {
    auto medicines = ten_practices();
    medicines.erase(medicines.begin());
    EXPECT_EQ(price_savings(medicines, rules).at(practice(10)).total, Pence(0));
}

TEST(PricePerUnit, savings_under_a_pound_are_left_out) {
    PricePerUnitRules least;
    least.least_saving = Pence(4001);
    EXPECT_EQ(price_savings(ten_practices(), least).at(practice(10)).total, Pence(0));
}

TEST(PricePerUnit, groups_by_substance_and_generic_equivalent) {
    EXPECT_EQ(generic_group("0212000B0AAABAB", rules), "0212000B0AB");
    EXPECT_EQ(generic_group("0212000B0BBABAB", rules), "0212000B0AB");
    EXPECT_NE(generic_group("0212000B0AAACAC", rules), "0212000B0AB");
    EXPECT_EQ(generic_group("090402000BBZZA0", rules), "");  // no generic equivalent
    EXPECT_EQ(generic_group("20031000016", rules), "");      // dressings have eleven characters
    EXPECT_EQ(generic_group("1902001A0AAAAAA", rules), "");  // after the drugs' chapters
    EXPECT_EQ(generic_group("", rules), "");
    EXPECT_EQ(generic_group("X212000B0AAABAB", rules), "");
}

TEST(PricePerUnit, nothing_given_back_or_counted_is_compared) {
    auto medicines = ten_practices();
    medicines.push_back({practice(11), "0212000B0AAABAB", "x", 1, 0, FinePence(100)});
    medicines.push_back({practice(12), "0212000B0AAABAB", "x", 1, 1000, FinePence(-5)});
    const auto found = price_savings(medicines, rules);
    EXPECT_EQ(found.at(practice(10)).total, Pence(4000));
    EXPECT_EQ(found.at(practice(11)).total, Pence(0));
}

}  // namespace
}  // namespace purse
