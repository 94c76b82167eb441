#include "render/comparison.hpp"

#include <gtest/gtest.h>

#include "budget/indicative.hpp"

namespace purse {
namespace {

ComparedAmounts amounts(std::int64_t opening, std::int64_t budget, std::int64_t fair) {
    return {pounds(opening), pounds(budget), pounds(fair), pounds(opening), pounds(budget)};
}

// £3,000 of openings, £3,300 of money: all together grow by 10%.
ComparedBudgets three_practices() {
    return {"Compared",
            {{"history", "by history"}, {"need", "by need"}},
            {{"P1", "Mill <Lane>", {amounts(1000, 1100, 1300), amounts(1000, 1300, 1300)}},
             {"P2", "High Street", {amounts(1000, 1100, 1000), amounts(1000, 1000, 1000)}},
             {"P3", "Station Road", {amounts(1000, 1100, 1000), amounts(1000, 1000, 1000)}}}};
}

TEST(Comparison, counts_who_gains_beside_the_growth_of_all) {
    const ComparedBudgets budgets = three_practices();
    const ComparisonTally history = tally_of(budgets, 0);
    EXPECT_EQ(history.growth, 100'000);
    EXPECT_EQ(history.alike, 3U);
    EXPECT_EQ(history.moved, Pence(0));
    const ComparisonTally need = tally_of(budgets, 1);
    EXPECT_EQ(need.gain, 1U);
    EXPECT_EQ(need.lose, 2U);
    EXPECT_EQ(need.moved, pounds(200));
    EXPECT_EQ(need.within, 3U);
    EXPECT_EQ(need.beyond, 0U);
}

TEST(Comparison, puts_distances_into_bands_whose_edges_belong_inside) {
    const struct {
        std::int64_t distance;
        std::size_t band;
    } cases[] = {{0, 3},        {50'000, 3},   {-50'000, 3},  {50'001, 4},  {-50'001, 2},
                 {100'000, 4},  {100'001, 5},  {-100'001, 1}, {200'000, 5}, {200'001, 6},
                 {-200'000, 1}, {-200'001, 0}, {900'000, 6}};
    for (const auto& c : cases) EXPECT_EQ(band_of(c.distance), c.band) << c.distance;
    const ComparisonTally history = tally_of(three_practices(), 0);
    EXPECT_EQ(history.after[band_of(-153'846)], 1U);
    EXPECT_EQ(history.after[band_of(100'000)], 2U);
}

TEST(Comparison, shows_no_distance_where_no_need_is_known) {
    ComparedBudgets budgets = three_practices();
    for (ComparedPractice& practice : budgets.practices) {
        for (ComparedAmounts& own : practice.under) own.fair_share = Pence(0);
    }
    const std::string text = as_text(budgets);
    EXPECT_EQ(text.find("from the fair share  "), std::string::npos) << text;
    EXPECT_EQ(tally_of(budgets, 0).within, 0U);
    EXPECT_EQ(as_html(budgets).find("How far from the fair share"), std::string::npos);
}

TEST(Comparison, is_the_same_in_every_format_and_says_what_a_budget_is_not) {
    const ComparedBudgets budgets = three_practices();
    const std::string text = as_text(budgets);
    EXPECT_NE(text.find("1 gain, 2 lose, 0 stay as they were; £200 moves"), std::string::npos)
        << text;
    EXPECT_NE(text.find(indicative_budget_sentence), std::string::npos);
    EXPECT_EQ(as_csv(budgets),
              "practice,name,opening_pence,history_pence,history_change_percent,"
              "history_distance_percent,need_pence,need_change_percent,need_distance_percent\n"
              "P1,Mill <Lane>,100000,110000,10.0000,-15.3846,130000,30.0000,0.0000\n"
              "P2,High Street,100000,110000,10.0000,10.0000,100000,0.0000,0.0000\n"
              "P3,Station Road,100000,110000,10.0000,10.0000,100000,0.0000,0.0000\n");
    const std::string page = as_html(budgets);
    EXPECT_NE(page.find("Mill &lt;Lane&gt;"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NE(as_json(budgets).find("\"moved_pence\":20000"), std::string::npos);
}

}  // namespace
}  // namespace purse
