#include "budget/line_budgets.hpp"

#include <gtest/gtest.h>

#include "budget/compute_file.hpp"

namespace purse {
namespace {

Scheme scheme_named(const std::string& name) {
    auto scheme = find_scheme(std::filesystem::path(PURSE_SOURCE_DIR) / "rules/schemes", name);
    EXPECT_TRUE(scheme.ok());
    return scheme.ok() ? std::move(*scheme) : Scheme{};
}

const char* const six_practices = R"(practice,line,historic_pence,list_size,weight
A,community,240000000,10000,1900
B,community,200000000,10000,1830
C,community,210000000,10000,2050
D,community,190000000,10000,2000
E,community,180000000,10000,2100
F,community,180000000,10000,2420
)";

YearBudgets computed(const char* histories, const char* envelopes, const Scheme& scheme) {
    auto rows = read_histories_text(histories, "in.csv");
    EXPECT_TRUE(rows.ok()) << rows.problem().says;
    const auto money = read_envelopes_text(envelopes, "envelope.csv");
    EXPECT_TRUE(money.ok());
    auto year = year_budgets(*rows, *money, scheme);
    EXPECT_TRUE(year.ok()) << (year.ok() ? "" : year.problem().says);
    return year.ok() ? std::move(*year) : YearBudgets{};
}

TEST(LineBudgets, write_the_worked_example_as_a_table) {
    const auto year =
        computed(six_practices, "line,pence\ncommunity,1230000000\n", scheme_named("pbc-2009"));
    EXPECT_EQ(as_csv(year),
              "practice,line,historic_pence,target_pence,distance_before,budget_pence,"
              "distance_after,years_to_tolerance,floor_applied,cap_applied,minimum_unfunded\n"
              "A,community,240000000,190000000,0.294737,240000000,0.263158,10,yes,no,no\n"
              "B,community,200000000,183000000,0.120219,202950000,0.109016,2,no,no,no\n"
              "C,community,210000000,205000000,0.050000,215250000,0.050000,0,no,no,no\n"
              "D,community,190000000,200000000,-0.026250,194750000,-0.026250,0,no,no,no\n"
              "E,community,180000000,210000000,-0.121429,185960398,-0.114474,4,no,no,yes\n"
              "F,community,180000000,242000000,-0.237603,191089602,-0.210374,9,no,no,no\n");
}

// Two lines with envelopes of 3 to 1, moved as one: each adds up, and so does each practice.
TEST(LineBudgets, spread_a_block_s_move_over_its_lines_as_the_envelopes_are) {
    const auto year =
        computed(R"(practice,line,historic_pence,list_size,weight
P1,elective,6000001,5000,100
P1,day_case,1500000,5000,100
P2,elective,2000000,5000,150
P2,day_case,1499999,5000,150
P3,elective,1000000,5000,50
P3,day_case,0,5000,50
)",
                 "line,pence\nelective,9300007\nday_case,3100002\n", scheme_named("pbc-2009"));
    ASSERT_EQ(year.budgets.size(), 6U);
    ASSERT_EQ(year.blocks.size(), 1U);
    const PacedBlock& paced = *year.blocks[0].paced;
    for (std::size_t i = 0; i < 3; ++i) {
        const PracticeLineBudget& day_case = year.budgets[2 * i];
        const PracticeLineBudget& elective = year.budgets[2 * i + 1];
        EXPECT_EQ(day_case.line, BudgetLine::day_case);
        EXPECT_EQ(day_case.budget + elective.budget, paced.practices[i].budget);
        const auto move = [](const PracticeLineBudget& row) {
            return (row.budget - row.stand_still).count();
        };
        EXPECT_NEAR(static_cast<double>(move(elective)), 3.0 * static_cast<double>(move(day_case)),
                    4);
    }
}

TEST(LineBudgets, by_history_need_no_weight_beyond_showing_the_distance) {
    const Scheme scheme = scheme_named("pbc-2006");
    const auto year = computed(R"(practice,line,historic_pence,list_size,weight
P1,prescribing,100,10,1
P2,prescribing,200,10,1
)",
                               "line,pence\nprescribing,1000\n", scheme);
    EXPECT_EQ(year.budgets[0].budget, Pence(333));
    EXPECT_EQ(year.budgets[1].budget, Pence(667));
    EXPECT_EQ(year.budgets[0].distance_before, -334'000);
    EXPECT_EQ(year.budgets[0].years_to_tolerance, no_year_of_this_scheme);
}

TEST(LineBudgets, by_fair_share_are_the_envelope_by_need) {
    const auto year =
        computed(six_practices, "line,pence\ncommunity,1230000000\n", scheme_named("fair-shares"));
    EXPECT_EQ(year.budgets[5].budget, Pence(242'000'000));
    EXPECT_EQ(year.budgets[5].distance_after, 0);
    EXPECT_EQ(year.budgets[5].years_to_tolerance, 0);
}

std::string refused(const std::string& histories, const std::string& envelopes,
                    const std::string& scheme = "pbc-2009") {
    auto rows = read_histories_text(histories, "in.csv");
    if (!rows) return rows.problem().says;
    const auto money = read_envelopes_text(envelopes, "envelope.csv");
    if (!money) return money.problem().says;
    const auto year = year_budgets(*rows, *money, scheme_named(scheme));
    return year.ok() ? "accepted" : year.problem().says;
}

TEST(LineBudgets, refuse_broken_input_with_the_rows) {
    const std::string head = "practice,line,historic_pence,list_size,weight\n";
    const std::string envelope = "line,pence\ncommunity,1000\n";
    const struct {
        std::string histories, envelopes, says;
    } cases[] = {
        {head + "A,community,1,1,\n", envelope,
         "in.csv line 2, column weight: '' is no weight: a missing weight is never taken as 1"},
        {head + "A,community,1,1,0\nB,community,1,1,-2\n", envelope,
         "in.csv line 3, column weight: '-2' is no need weight"},
        {head + "A,kommunity,1,1,1\n", envelope, "column line: 'kommunity' is not a budget line"},
        {head + "A,community,1.5,1,1\n", envelope, "'1.5' is no whole number of pence"},
        {head + "A,community,1,0,1\n", envelope, "column list_size: '0' is no list size"},
        {head + "A,community,10,1,1\nA,community,10,1,1\n", envelope,
         "in.csv line 3, column practice: 'A' has the line 'community' a second time (first in "
         "in.csv line 2)"},
        {head + "A,prescribing,10,1,1\n", envelope,
         "in.csv line 2: there is no envelope for the line 'prescribing'"},
        {head + "A,primary_care,10,1,1\n", envelope, "is out in the scheme pbc-2009"},
        {head + "A,community,2000,1,1\n", envelope,
         "block community: the envelope is £10.00 short of the floors"},
        {head + "A,community,0,1,1\n", envelope,
         "A (in.csv line 2): no opening budget above £0.00"},
        {head + "A,community,9223372036854775807,1,1\n", envelope,
         "is more than £100,000,000,000.00"},
        {head + "A,elective,5,1,1\nB,day_case,5,1,1\n", "line,pence\nelective,10\nday_case,10\n",
         "A has no row for the line 'day_case': write 0"},
        {head + "A,elective,5,1,1\nA,day_case,5,1,2\n", "line,pence\nelective,10\nday_case,10\n",
         "which the scheme moves together (block acute)"},
        {head + "A,community,5,1,1\n", "line,pence\ncommunity,0\n", "it must be above £0.00"},
        {head + "A,community,5,1,1\n", "line,pence\ncommunity,9\ncommunity,9\n", "is there twice"},
        {head + "A,community,5,1,1\n", envelope + "prescribing,10\n",
         "the envelope of 'prescribing' has no practices"},
        {head, envelope, "in.csv holds no practices"},
        {"practice,line,historic_pence,weight\n", envelope, "list_size"},
    };
    for (const auto& c : cases) {
        const std::string says = refused(c.histories, c.envelopes);
        EXPECT_NE(says.find(c.says), std::string::npos) << says << "\nexpected: " << c.says;
    }
}

}  // namespace
}  // namespace purse
