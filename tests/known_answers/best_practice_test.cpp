// Best practice prices of the national workbooks, row by row as printed.
#include <gtest/gtest.h>

#include <set>

#include "support/national_tariffs.hpp"

namespace purse {
namespace {

using testing::tariff;

std::vector<BestPracticePrice> best_practice(int year, const char* hrg) {
    std::vector<BestPracticePrice> found;
    for (const auto& price : tariff(year).best_practice)
        if (price.hrg == Hrg(hrg)) found.push_back(price);
    return found;
}

TEST(BestPractice, SameDayCareIsPaidByHrgAgeAdmissionAndStay) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto pain = best_practice(2017, "FZ90B");
    ASSERT_EQ(pain.size(), 2U);
    EXPECT_EQ(pain[0].non_elective, pounds(698));
    EXPECT_EQ(pain[0].most_stay_days, 0);
    EXPECT_EQ(pain[1].non_elective, pounds(471));
    EXPECT_EQ(pain[1].least_stay_days, 1);
    for (const auto& price : pain) {
        EXPECT_EQ(price.flag, "");
        EXPECT_EQ(price.published_flag, "BP61");
        EXPECT_EQ(price.least_age, 19);
        EXPECT_TRUE(price.emergency_only);
        EXPECT_FALSE(price.transfers_too);
        EXPECT_TRUE(price.automated);
        EXPECT_FALSE(price.short_stay_kept);
    }
    EXPECT_EQ(best_practice(2017, "EB12B").front().flag, "BP40");
    std::set<Hrg> hrgs, by_hrg_alone;
    for (const auto& price : tariff(2017).best_practice) {
        if (price.section != "Same day emergency care") continue;
        hrgs.insert(price.hrg);
        if (price.flag.empty()) by_hrg_alone.insert(price.hrg);
    }
    EXPECT_EQ(hrgs.size(), 59U);
    EXPECT_EQ(by_hrg_alone.size(), 30U);
}

TEST(BestPractice, StrokeAndHipFractureArePaidTheBaseWithoutShortStayReduction) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto hip = best_practice(2017, "HT12A");
    ASSERT_EQ(hip.size(), 1U);
    EXPECT_EQ(hip[0].flag, "BP01");
    EXPECT_EQ(hip[0].non_elective, pounds(12211));
    EXPECT_EQ(hip[0].reference_price, pounds(13546));
    EXPECT_EQ(hip[0].least_age, 60);
    EXPECT_EQ(hip[0].most_age, 130);
    EXPECT_TRUE(hip[0].transfers_too);
    EXPECT_FALSE(hip[0].short_stay_kept);
    const auto stroke = best_practice(2016, "AA22B");
    ASSERT_EQ(stroke.size(), 1U);
    EXPECT_EQ(stroke[0].flag, "BP05");  // printed once above, for the group
    EXPECT_EQ(stroke[0].non_elective, pounds(1138));
    EXPECT_FALSE(stroke[0].short_stay_kept);
}

TEST(BestPractice, HeartFailureKeepsTheShortStayReduction) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto heart = best_practice(2017, "EB03D");
    ASSERT_EQ(heart.size(), 1U);
    EXPECT_EQ(heart[0].non_elective, pounds(2119));
    EXPECT_EQ(heart[0].short_stay_emergency, pounds(636));
    EXPECT_EQ(heart[0].reference_price, pounds(2343));
    EXPECT_TRUE(heart[0].short_stay_kept);
    EXPECT_TRUE(heart[0].automated);
}

TEST(BestPractice, DayCasesHaveAPairOfPrices) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const auto breast = best_practice(2017, "JA20F");
    ASSERT_EQ(breast.size(), 3U);
    EXPECT_EQ(breast[0].flag, "BP29");
    EXPECT_EQ(breast[0].day_case, pounds(2006));
    EXPECT_EQ(breast[0].elective, pounds(1810));
    const auto septoplasty = best_practice(2017, "CA11A");
    ASSERT_EQ(septoplasty.size(), 1U);
    EXPECT_EQ(septoplasty[0].flag, "");  // the flag of the row above is not its own
    EXPECT_EQ(septoplasty[0].day_case, pounds(1237));
    // The cell under the merged BP24 still holds "n/a".
    const auto angioplasty = best_practice(2016, "QZ15C");
    ASSERT_EQ(angioplasty.size(), 2U);
    EXPECT_EQ(angioplasty[0].flag, "BP24");
    EXPECT_EQ(angioplasty[1].flag, "BP25");
}

TEST(BestPractice, WhatSusPaysForAllEqualsTheMainSheet) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    const std::set<std::string> sections = {"Endoscopy procedures", "Outpatient procedures",
                                            "Primary total hip and knee replacements"};
    for (const int year : {2016, 2017, 2018})
        for (const auto& price : tariff(year).best_practice) {
            if (!sections.contains(price.section) || !price.automated) continue;
            const auto main = tariff(year).admitted.find(price.hrg);
            ASSERT_NE(main, tariff(year).admitted.end()) << price.hrg.text();
            EXPECT_EQ(price.elective, main->second.combined) << year << " " << price.hrg.text();
        }
}

TEST(BestPractice, DialysisLevelsAndConditionalPaymentsAreNotAutomatic) {
    PURSE_NEEDS_SHARED("data/tariff/raw");
    for (const auto& price : tariff(2017).best_practice) {
        EXPECT_FALSE(price.section == "Adult renal dialysis" && price.automated);
        if (!price.automated) {
            EXPECT_TRUE(price.reference_price.has_value());
            EXPECT_FALSE(price.day_case || price.elective || price.non_elective);
        }
    }
}

}  // namespace
}  // namespace purse
