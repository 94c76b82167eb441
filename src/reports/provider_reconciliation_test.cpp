#include "reports/provider_reconciliation.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const ProviderCode st_mary("RAA"), county("RBB");
const PracticeCode mill("X90001"), other("X99999");

std::vector<ProviderCost> costs() {
    return {{st_mary, mill, BudgetLine::elective, pounds(700), 3, 2, 1},
            {st_mary, {}, BudgetLine::elective, pounds(100)},
            {st_mary, mill, BudgetLine::community, pounds(50)},
            {county, mill, BudgetLine::non_elective, pounds(400)},
            {county, other, BudgetLine::non_elective, pounds(10)},
            {{}, mill, BudgetLine::prescribing, pounds(60)}};
}

BudgetScope scope() {
    return {{BudgetLine::elective, BudgetLine::non_elective, BudgetLine::prescribing},
            {mill},
            pounds(1'160),
            pounds(100)};
}

// £900.00 of contract: £700.00 + £100.00 + £50.00, and £50.00 that nothing explains.
TEST(ProviderReconciliation, names_every_part_and_adds_up) {
    const auto all =
        reconciled(costs(), {{st_mary, {}, pounds(900)}}, scope(), {{st_mary, "St Mary's"}});
    ASSERT_EQ(all.rows.size(), 3U);
    const ProviderRow& row = all.rows[0];
    EXPECT_EQ(row.name, "St Mary's");
    EXPECT_EQ(row.in_budgets, pounds(700));
    EXPECT_EQ(row.unattributed, pounds(100));
    EXPECT_EQ(row.out_of_scope, pounds(50));
    EXPECT_EQ(row.difference(), pounds(50));
    EXPECT_EQ(row.excluded + row.unpriced + row.refused, 6);
    EXPECT_FALSE(all.rows[1].difference());
    EXPECT_EQ(all.rows[1].out_of_scope, pounds(10));
    EXPECT_EQ(all.rows[2].name, "Prescribing (no provider)");
    EXPECT_EQ(all.total.in_budgets, pounds(1'160));
    EXPECT_EQ(all.total.unattributed, pounds(100));
    EXPECT_EQ(all.without_contract, pounds(470));
    EXPECT_EQ(all.changed_since(), Pence(0));
    // The total's difference is that of the contracts less what has none.
    EXPECT_EQ(*all.total.difference() + all.without_contract, pounds(50));
}

TEST(ProviderReconciliation, is_by_line_where_a_contract_names_one) {
    const auto all = reconciled(costs(),
                                {{st_mary, BudgetLine::elective, pounds(800)},
                                 {ProviderCode("RCC"), BudgetLine::maternity, pounds(5)}},
                                scope(), {});
    ASSERT_EQ(all.rows.size(), 5U);
    EXPECT_EQ(all.rows[0].difference(), Pence(0));
    EXPECT_EQ(all.rows[3].code, "RCC");
    EXPECT_EQ(all.rows[3].difference(), pounds(5));
}

TEST(ProviderReconciliation, tells_what_was_loaded_since_the_draft) {
    auto later = costs();
    later[0].cost += pounds(3);
    EXPECT_EQ(reconciled(later, {}, scope(), {}).changed_since(), pounds(-3));
}

}  // namespace
}  // namespace purse
