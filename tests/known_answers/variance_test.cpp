// The bridge of docs/variance.md, worked by hand.
#include "monitoring/variance.hpp"

#include <gtest/gtest.h>

#include "monitoring/variance_reasons.hpp"

namespace purse {
namespace {

constexpr std::int64_t a_pound = 100 * FinePence::per_penny;

CellCost costing(std::int64_t count, std::int64_t pounds_each) {
    CellCost cost;
    cost.by_part[static_cast<std::size_t>(PricePart::tariff)] = count * pounds_each * a_pound;
    return cost;
}

VarianceCell cell(std::string root, std::string split, std::int64_t planned,
                  std::int64_t plan_price, std::int64_t count, std::int64_t price) {
    VarianceCell cell;
    cell.root = std::move(root);
    cell.split = std::move(split);
    cell.planned = planned;
    cell.planned_cost = costing(planned, plan_price);
    cell.count = count;
    cell.cost = costing(count, price);
    return cell;
}

VarianceGrain worked_example() {
    VarianceGrain grain;
    grain.budget = pounds(340'000);
    grain.list_before = 8000;
    grain.list_now = 8160;
    grain.expected_before = 80'000;  // the lists at an expected cost a head of 1 and 1.01
    grain.expected_now = 82'416;
    grain.cells = {cell("DZ11", "A", 40, 2800, 58, 2840), cell("DZ11", "B", 60, 1500, 50, 1520),
                   cell("EB03", "A", 20, 3900, 22, 3900), cell("EB03", "B", 30, 2100, 36, 2160),
                   cell("LA04", "A", 0, 0, 4, 1250)};
    grain.cells.back().planned_by_all = 1;  // the commissioner's plan has a price for it
    grain.cells.back().planned_cost_by_all = costing(1, 1200);
    grain.late = 2140 * a_pound;
    grain.corrected = -1520 * a_pound;
    grain.disputed = pounds(2840);
    grain.expected = Pence(935'025);
    return grain;
}

TEST(VarianceKnownAnswer, EveryPartIsThatOfTheWorkedExample) {
    const auto variance = variance_of(worked_example());
    ASSERT_TRUE(variance) << variance.problem().says;
    const std::array<std::int64_t, 12> parts = {300'000,  686'000,   349'860, 3'537'473,
                                                -221'333, 1'708'000, 568'000, 214'000,
                                                -152'000, 0,         935'025, -284'000};
    for (const VariancePart part : all_variance_parts) {
        EXPECT_EQ(variance->part(part), Pence(parts[static_cast<std::size_t>(part)]))
            << to_text(part);
    }
    EXPECT_EQ(variance->reported(), pounds(409'900));
    EXPECT_EQ(variance->total(), variance->reported() - pounds(340'000));
    EXPECT_EQ(variance->undisputed(), Pence(41'641'025));
    EXPECT_EQ(variance->undisputed() - variance->budget(), Pence(7'641'025));
    EXPECT_EQ(variance->count, 170);
    EXPECT_EQ(variance->planned, 150'000);
    EXPECT_EQ(variance->expected_count, 154'530);
    EXPECT_EQ(variance->price[0], Pence(568'000));
}

TEST(VarianceKnownAnswer, RootsAddUpToTheGrain) {
    const auto roots = variance_by_root(worked_example());
    ASSERT_TRUE(roots);
    ASSERT_EQ(roots->size(), 4U);
    // LA04 is in no plan: all it cost is another mix of conditions, but for its price.
    EXPECT_EQ(roots->at("LA04").part(VariancePart::case_mix), pounds(4800));
    EXPECT_EQ(roots->at("LA04").part(VariancePart::price), pounds(200));
    EXPECT_EQ(roots->at("").part(VariancePart::late), pounds(2140));
    Variance sum;
    for (const auto& [root, variance] : *roots) sum += variance;
    EXPECT_EQ(sum, *variance_of(worked_example()));
}

TEST(VarianceKnownAnswer, TheThreeLargestReasonsAndTheRestAddUp) {
    const auto variance = variance_of(worked_example());
    std::vector<VarianceReason> all;
    for (const VariancePart part : all_variance_parts) {
        if (!is_of_statement(part)) continue;  // what comes after what is reported is no reason
        all.push_back({.line = BudgetLine::non_elective,
                       .part = part,
                       .amount = variance->part(part),
                       .count = 170,
                       .expected = 155,
                       .range = volume_range(154.53, 1)});
    }
    const LargestReasons largest = largest_reasons(all);
    ASSERT_EQ(largest.reasons.size(), 3U);
    EXPECT_EQ(largest.reasons[0].part, VariancePart::volume);
    EXPECT_EQ(largest.reasons[1].part, VariancePart::severity);
    EXPECT_EQ(largest.reasons[2].part, VariancePart::list);
    EXPECT_EQ(largest.total(), variance->total());
    // Byar's limits of 154.53 are about 131 and 181: 170 is no more than chance.
    EXPECT_TRUE(largest.reasons[0].within_chance());
    EXPECT_EQ(sentence_of(largest.reasons[0]),
              "15 more emergency and other unplanned admissions than the plan has for such a list "
              "(170 against 155): no more than chance would give");
}

TEST(VarianceKnownAnswer, MoreRecordsThatCostLessAreToldAsOtherKindsOfCare) {
    VarianceReason reason{.line = BudgetLine::elective,
                          .part = VariancePart::volume,
                          .amount = Pence(-4'900'000),
                          .count = 138,
                          .expected = 134};
    EXPECT_EQ(sentence_of(reason),
              "4 more planned inpatient admissions than the plan has for such a list (138 against "
              "134), in cheaper "
              "specialties");
    reason.expected = 138;
    EXPECT_EQ(sentence_of(reason),
              "as many planned inpatient admissions as the plan has for such a list, in cheaper "
              "specialties (138 "
              "against 138)");
    reason.amount = Pence(4'900'000);
    reason.expected = 142;
    EXPECT_EQ(sentence_of(reason),
              "4 fewer planned inpatient admissions than the plan has for such a list (138 against "
              "142), in dearer "
              "specialties");
}

// A provider that records day cases as ordinary admissions from September on: nobody was admitted
// more.
TEST(VarianceKnownAnswer, AdmissionsThatOnlyChangedTheirNameAreOneReason) {
    const auto reason_of = [](BudgetLine line, VariancePart part, std::int64_t amount,
                              std::int64_t count, std::int64_t expected) {
        return VarianceReason{.line = line,
                              .part = part,
                              .amount = pounds(amount),
                              .count = count,
                              .expected = expected,
                              .range = volume_range(static_cast<double>(expected), 1)};
    };
    const std::vector<VarianceReason> all = {
        reason_of(BudgetLine::elective, VariancePart::volume, 264'456, 530, 230),
        reason_of(BudgetLine::elective, VariancePart::case_mix, -136'741, 530, 230),
        reason_of(BudgetLine::elective, VariancePart::price, 700, 530, 230),
        reason_of(BudgetLine::day_case, VariancePart::volume, -182'956, 288, 595),
        reason_of(BudgetLine::day_case, VariancePart::case_mix, 9'000, 288, 595),
        reason_of(BudgetLine::non_elective, VariancePart::volume, 20'000, 900, 880)};
    const LargestReasons largest = largest_reasons(with_recorded_otherwise(all));
    ASSERT_EQ(largest.reasons.size(), 3U);
    EXPECT_EQ(largest.reasons[0].amount, pounds(264'456 - 136'741 - 182'956 + 9'000));
    EXPECT_EQ(sentence_of(largest.reasons[0]),
              "300 more planned inpatient admissions and 307 fewer day cases than the plan has for "
              "such a list: perhaps recorded as the one and no longer as the other");
    EXPECT_EQ(largest.reasons[1].line, BudgetLine::non_elective);
    EXPECT_EQ(largest.total(), largest_reasons(all).total());

    auto one_way = all;
    one_way[3].count = 700;  // more of both
    EXPECT_EQ(with_recorded_otherwise(one_way).size(), all.size());
    auto by_chance = all;
    by_chance[3].count = 590;
    EXPECT_EQ(with_recorded_otherwise(by_chance).size(), all.size());
}

// Byar's limits of 135 are about 113 and 160; five times as wide, as practices differ: 25 and 259.
TEST(VarianceKnownAnswer, WhatLiesBeyondChanceIsNotCalledChance) {
    const VolumeRange range = volume_range(135, 25);
    EXPECT_NEAR(range.chance.lower, 113.2, 0.1);
    EXPECT_NEAR(range.chance.upper, 159.8, 0.1);
    EXPECT_EQ(standing_of(159, range), "no more than chance would give");
    EXPECT_EQ(standing_of(202, range), "more than chance gives, no more than practices differ by");
    EXPECT_EQ(standing_of(80, range), "more than chance gives, no more than practices differ by");
    EXPECT_EQ(standing_of(270, range), "");
    EXPECT_EQ(standing_of(10, range), "");
}

}  // namespace
}  // namespace purse
