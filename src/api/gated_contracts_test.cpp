// Block contracts before readers who may not see small numbers: a part by lists is of no person,
// one by few contacts is.
#include <gtest/gtest.h>

#include "api/gated_year.hpp"

namespace purse {
namespace {

const Month april(2017, 4);

// Three practices' parts of one contract, in the month's figures.
MonthOfSeries month_of(BlockRule rule, std::int64_t fewest_thousandths) {
    SharedContract shared;
    shared.contract = {ProviderCode("ZX1"),
                       BudgetLine::mental_health,
                       FinancialYear(2017),
                       Pence(36'500'000),
                       rule,
                       {}};
    shared.weights = {{PracticeCode("X90001"), fewest_thousandths},
                      {PracticeCode("X90002"), 900'000},
                      {PracticeCode("X90003"), 800'000}};
    MonthOfSeries month;
    month.month = april;
    month.closing = 1;
    month.setting.month = april;
    add_contracts(month.accounts, std::vector{shared}, april,
                  [](Account account) { return account; });
    return month;
}

DisclosurePolicy policy() {
    DisclosurePolicy policy;
    policy.round_money_to = Pence(1'000'000);
    return policy;
}

TEST(GatedContracts, by_lists_are_shown_to_the_penny) {
    const MonthOfSeries month = month_of(BlockRule::list, 3'000);
    const GatedYear year({month}, policy());
    Pence sum;
    for (const char* practice : {"X90001", "X90002", "X90003"}) {
        const ShownCell cell = year.in_month({Account(practice), BudgetLine::mental_health}, april);
        ASSERT_TRUE(cell.money) << practice;
        EXPECT_EQ(cell.money_rounded_to, Pence());
        sum += *cell.money;
    }
    EXPECT_EQ(sum, Pence(3'000'000)) << "30 days at £1,000";
}

TEST(GatedContracts, by_contacts_of_which_somebody_has_few_are_shown_of_nobody) {
    const GatedYear many({month_of(BlockRule::activity, 8'000)}, policy());
    const GatedYear few({month_of(BlockRule::activity, 7'000)}, policy());
    for (const char* practice : {"X90001", "X90002", "X90003"}) {
        const GatedYear::Of of{Account(practice), BudgetLine::mental_health};
        EXPECT_TRUE(many.in_month(of, april).money) << practice;
        EXPECT_FALSE(few.in_month(of, april).money) << practice;
        EXPECT_TRUE(few.in_month(of, april).is_hidden()) << practice;
    }
}

}  // namespace
}  // namespace purse
