// The variance explained: parts add up identically at every grain and over any sum of grains, drill
// down adds up, the order of cells does not matter, and what cannot be explained is refused.
#include "monitoring/variance.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "monitoring/plan_prices.hpp"
#include "monitoring/variance_reasons.hpp"

namespace purse {
namespace {

std::int64_t between(std::int64_t low, std::int64_t high) {
    return *rc::gen::inRange<std::int64_t>(low, high + 1);
}

CellCost any_cost(std::int64_t count) {
    CellCost cost;
    if (count == 0) return cost;
    for (std::int64_t& part : cost.by_part) part = between(0, 3) == 0 ? 0 : between(-2, 9'000'007);
    return cost;
}

VarianceCell any_cell(std::int64_t at) {
    VarianceCell cell;
    cell.root = "R" + std::to_string(at / 3);
    cell.split = std::string(1, static_cast<char>('A' + at % 3));
    cell.planned = between(0, 2) == 0 ? 0 : between(0, 400);
    cell.planned_cost = any_cost(cell.planned);
    cell.count = between(0, 2) == 0 ? 0 : between(0, 400);
    cell.cost = any_cost(cell.count);
    cell.planned_by_all = between(0, 1) * between(0, 9000);
    cell.planned_cost_by_all = any_cost(cell.planned_by_all);
    return cell;
}

// Some grains have no plan, some nothing recorded, some neither.
VarianceGrain any_grain() {
    VarianceGrain grain;
    grain.budget = Pence(between(-1000, 100'000'000));
    grain.plan_whole = between(1, 365'000);
    grain.plan_part = between(0, grain.plan_whole);
    grain.list_before = between(1, 20'000'000);
    grain.list_now = between(1, 20'000'000);
    grain.expected_before = between(1, 900'000'000);
    grain.expected_now = between(1, 900'000'000);
    const std::int64_t cells = between(0, 9);
    const bool without_plan = between(0, 4) == 0;
    for (std::int64_t at = 0; at < cells; ++at) {
        grain.cells.push_back(any_cell(at));
        if (!without_plan) continue;
        grain.cells.back().planned = 0;
        grain.cells.back().planned_cost = {};
    }
    grain.planned_by_all = between(0, 1) * between(0, 30'000);
    grain.planned_cost_by_all = between(0, 9'000'000'000);
    grain.late = between(-9'000'000, 9'000'000);
    grain.corrected = between(-9'000'000, 9'000'000);
    grain.disputed = Pence(between(0, 900'000));
    grain.expected = Pence(between(-900'000, 900'000));
    grain.other = Pence(between(-900'000, 900'000));
    return grain;
}

Variance explained(const VarianceGrain& grain) {
    auto variance = variance_of(grain);
    if (!variance) RC_FAIL(variance.problem().says);
    return *variance;
}

Pence sum_of_parts(const Variance& variance) {
    Pence sum;
    for (const VariancePart part : all_variance_parts) sum += variance.part(part);
    return sum;
}

std::int64_t recorded_cost(const VarianceGrain& grain) {
    std::int64_t cost = 0;
    for (const VarianceCell& cell : grain.cells) cost += cell.cost.total();
    return cost;
}

void parts_add_up(const Variance& variance) {
    RC_ASSERT(sum_of_parts(variance) == variance.undisputed() - variance.budget());
    Pence of_statement;
    for (const VariancePart part : all_variance_parts) {
        if (is_of_statement(part)) of_statement += variance.part(part);
    }
    RC_ASSERT(of_statement == variance.total());
    RC_ASSERT(of_statement + variance.part(VariancePart::expected) ==
              variance.complete() - variance.budget());
    Pence price;
    for (const Pence one : variance.price) price += one;
    RC_ASSERT(price == variance.part(VariancePart::price));
}

TEST(VarianceLaw, PartsAddUpAtEveryGrainAndOverAnySum) {
    rc::check("levels are differenced, so that parts add up", [] {
        Variance sum;
        Pence budgets, reported, complete, undisputed;
        const std::int64_t grains = between(1, 6);
        for (std::int64_t i = 0; i < grains; ++i) {
            const VarianceGrain grain = any_grain();
            const Variance variance = explained(grain);
            parts_add_up(variance);
            RC_ASSERT(variance.budget() == grain.budget);
            const FinePence recorded(recorded_cost(grain) + grain.late + grain.corrected);
            RC_ASSERT(variance.recorded() == rounded(recorded, Rounding::half_up));
            RC_ASSERT(variance.reported() == variance.recorded() + grain.other);
            RC_ASSERT(variance.complete() == variance.reported() + grain.expected);
            RC_ASSERT(variance.undisputed() == variance.complete() - grain.disputed);
            budgets += grain.budget;
            reported += variance.reported();
            complete += variance.complete();
            undisputed += variance.undisputed();
            sum += variance;
        }
        parts_add_up(sum);
        RC_ASSERT(sum.total() == reported - budgets);
        RC_ASSERT(sum.complete() == complete);
        RC_ASSERT(sum.undisputed() == undisputed);
    });
}

TEST(VarianceLaw, RootsAddUpToTheirGrain) {
    rc::check("drilling down to conditions adds up identically", [] {
        const VarianceGrain grain = any_grain();
        const auto roots = variance_by_root(grain);
        RC_ASSERT(roots.ok());
        Variance sum;
        for (const auto& [root, variance] : *roots) {
            parts_add_up(variance);
            sum += variance;
        }
        RC_ASSERT(sum == explained(grain));
    });
}

// Cut in two as providers might share them: what their records add to recorded severity and price
// is the two parts, but for the rounding of each.
TEST(VarianceLaw, CodesAndPricesOfAllRecordsAreTheTwoParts) {
    rc::check("over any split of the records", [] {
        const VarianceGrain grain = any_grain();
        const PlanPrices prices(grain);
        std::int64_t severity = 0, price = 0;
        for (const VarianceCell& cell : grain.cells) {
            const std::int64_t one = between(0, cell.count);
            const std::int64_t paid = cell.count == 0 ? 0 : cell.cost.total() / 3;
            const CodesAndPrices a = prices.of(cell.root, cell.split, one, paid);
            const CodesAndPrices b =
                prices.of(cell.root, cell.split, cell.count - one, cell.cost.total() - paid);
            severity += a.severity + b.severity;
            price += a.price + b.price;
        }
        const Variance variance = explained(grain);
        const auto close_to = [](Pence part, std::int64_t thousandths) {
            return std::abs(part.count() * FinePence::per_penny - thousandths) <=
                   FinePence::per_penny + 100;
        };
        RC_ASSERT(close_to(variance.part(VariancePart::severity), severity));
        RC_ASSERT(close_to(variance.part(VariancePart::price), price));
    });
}

TEST(VarianceLaw, WhatIsExpectedOrHeldOutChangesNoOtherPart) {
    rc::check("the statement's variance is the same with and without", [] {
        VarianceGrain grain = any_grain();
        const Variance with = explained(grain);
        grain.expected = grain.disputed = Pence(0);
        const Variance without = explained(grain);
        RC_ASSERT(with.total() == without.total());
        for (const VariancePart part : all_variance_parts) {
            if (is_of_statement(part)) RC_ASSERT(with.part(part) == without.part(part));
        }
        RC_ASSERT(without.undisputed() == without.reported());
    });
}

TEST(VarianceLaw, TheOrderOfCellsDoesNotMatter) {
    rc::check("cells in any order", [] {
        VarianceGrain grain = any_grain();
        const Variance before = explained(grain);
        std::ranges::reverse(grain.cells);
        RC_ASSERT(explained(grain) == before);
    });
}

TEST(VarianceLaw, WhatWentAsPlannedHasNoOtherPartThanThePlanGap) {
    rc::check("the same records, list and prices", [] {
        VarianceGrain grain = any_grain();
        grain.plan_part = grain.plan_whole;
        grain.list_now = grain.list_before;
        grain.expected_now = grain.expected_before;
        grain.late = grain.corrected = 0;
        grain.disputed = grain.expected = grain.other = Pence(0);
        for (VarianceCell& cell : grain.cells) {
            cell.count = cell.planned;
            cell.cost = cell.planned_cost;
        }
        const Variance variance = explained(grain);
        for (const VariancePart part : all_variance_parts) {
            if (part != VariancePart::plan_gap) RC_ASSERT(variance.part(part) == Pence(0));
        }
    });
}

TEST(VarianceLaw, WithoutAPlanThereIsNoMixToDifferFrom) {
    rc::check("V0 = 0: case mix is nothing", [] {
        VarianceGrain grain = any_grain();
        for (VarianceCell& cell : grain.cells) {
            cell.planned = 0;
            cell.planned_cost = {};
        }
        RC_ASSERT(explained(grain).part(VariancePart::case_mix) == Pence(0));
    });
}

TEST(VarianceLaw, ACodeOfNoPlanIsNeverCalledPrice) {
    rc::check("no plan of the cell anywhere: nothing is price", [] {
        VarianceGrain grain = any_grain();
        for (VarianceCell& cell : grain.cells) {
            cell.planned = cell.planned_by_all = 0;
            cell.planned_cost = {};
            if (cell.count == 0) cell.cost = {};
        }
        RC_ASSERT(explained(grain).part(VariancePart::price) == Pence(0));
    });
}

TEST(VarianceLaw, ReasonsAndTheRestAreTheWhole) {
    rc::check("three reasons and everything else", [] {
        std::vector<VarianceReason> all;
        Pence sum;
        const std::int64_t count = between(0, 30);
        for (std::int64_t i = 0; i < count; ++i) {
            all.push_back({.line = budget_lines[static_cast<std::size_t>(between(0, 12))].line,
                           .part = static_cast<VariancePart>(between(0, 11)),
                           .amount = Pence(between(-1'000'000, 1'000'000))});
            sum += all.back().amount;
        }
        const LargestReasons largest = largest_reasons(all);
        RC_ASSERT(largest.reasons.size() <= 3U);
        RC_ASSERT(largest.total() == sum);
    });
}

TEST(VarianceLaw, ListsOfNobodyAreRefused) {
    VarianceGrain grain;
    grain.list_before = 0;
    EXPECT_FALSE(variance_of(grain));
    grain.list_before = 1;
    grain.expected_before = 0;
    EXPECT_FALSE(variance_of(grain));
    EXPECT_FALSE(variance_by_root(grain));
    grain.expected_before = 1;
    EXPECT_TRUE(variance_of(grain));
    grain.plan_whole = 0;
    EXPECT_FALSE(variance_of(grain));
    grain.plan_whole = 1;
    grain.cells = {{.root = "EB03", .split = "A"}, {.root = "EB03", .split = "A"}};
    EXPECT_FALSE(variance_of(grain));
    grain.cells = {{.root = "EB03", .split = "A", .planned = -1}};
    EXPECT_FALSE(variance_of(grain));
}

}  // namespace
}  // namespace purse
