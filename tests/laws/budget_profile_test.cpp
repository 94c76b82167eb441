// A year's budget falls on its months to the penny, whatever the profile.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

#include "budget/profile.hpp"

namespace purse {
namespace {

TEST(BudgetProfileLaws, months_sum_to_the_annual_amount) {
    EXPECT_TRUE(rc::check([] {
        Profile profile;
        for (auto& weight : profile.weights) {
            weight = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000);
        }
        profile.weights[3] += 1;
        const Pence annual(*rc::gen::inRange<std::int64_t>(0, 100'000'000'000));
        const auto months = monthly_budgets(annual, profile);
        RC_ASSERT(std::accumulate(months.begin(), months.end(), Pence()) == annual);
        RC_ASSERT(budget_to_date(annual, profile, Month(2018, 3)) == annual);
        RC_ASSERT(budget_to_date(annual, profile, Month(2017, 4)) == months[0]);
    }));
}

}  // namespace
}  // namespace purse
