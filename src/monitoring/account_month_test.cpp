#include "monitoring/account_month.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const Account oakfield("X90001");
const Account elmside("X90002");
const Month june(2017, 6);

CubeRow row(Account account, Month month, BudgetLine line, std::int64_t records, Pence full) {
    CubeRow row;
    row.account = account;
    row.practice = account;
    row.month = month;
    row.line = line;
    row.records = records;
    row.full = full;
    return row;
}

CubeRow prescribed(Account account, Month month, std::int64_t items, FinePence cost) {
    CubeRow row;
    row.set = DataSet::prescribing;
    row.account = account;
    row.month = month;
    row.line = BudgetLine::prescribing;
    row.outcome = CostOutcome::as_given;
    row.records = 3;
    row.items = items;
    row.fine_cost = cost;
    return row;
}

Account itself(Account account) { return account; }

TEST(AccountMonth, PartsTheMonthTheYearToDateAndLastYearsSameMonths) {
    const std::vector<CubeRow> cube = {
        row(oakfield, june, BudgetLine::elective, 2, Pence(100)),
        row(oakfield, Month(2017, 4), BudgetLine::elective, 3, Pence(1000)),
        row(oakfield, Month(2016, 6), BudgetLine::elective, 5, Pence(70)),
        row(oakfield, Month(2016, 7), BudgetLine::elective, 9, Pence(9999)),  // after the period
        row(oakfield, Month(2017, 3), BudgetLine::elective, 9, Pence(9999)),
    };
    const auto accounts = account_months(cube, {}, june, itself);
    const LineFigures& elective = accounts.at(oakfield).lines.at(BudgetLine::elective);
    EXPECT_EQ(elective.month, (Figures{2, 0, Pence(100)}));
    EXPECT_EQ(elective.year_to_date, (Figures{5, 0, Pence(1100)}));
    EXPECT_EQ(elective.last_year_to_date, (Figures{5, 0, Pence(70)}));
}

TEST(AccountMonth, RoundsPrescribingOnceAMonthSoThatMonthsAddUpToTheYear) {
    const std::vector<CubeRow> cube = {
        prescribed(oakfield, Month(2017, 5), 10, FinePence(1'400)),
        prescribed(oakfield, Month(2017, 5), 10, FinePence(1'100)),  // 2.5p together: 3p
        prescribed(oakfield, june, 7, FinePence(2'499)),             // 2p
    };
    const auto accounts = account_months(cube, {}, june, itself);
    const LineFigures& line = accounts.at(oakfield).lines.at(BudgetLine::prescribing);
    EXPECT_EQ(line.month, (Figures{7, 0, Pence(2)}));
    EXPECT_EQ(line.year_to_date, (Figures{27, 0, Pence(5)}));
}

TEST(AccountMonth, SetsAsideWhatHasNoPriceButCountsItsImaging) {
    CubeRow unpriced = row(oakfield, june, BudgetLine::outpatient_first, 4, Pence(0));
    unpriced.outcome = CostOutcome::unpriced;
    unpriced.reason = "no_national_price";
    CubeRow imaging = row(oakfield, june, BudgetLine::diagnostics, 0, Pence(5'000));
    imaging.outcome = CostOutcome::unpriced;
    imaging.reason = "no_national_price";
    imaging.items = 2;
    const auto accounts = account_months(std::vector{unpriced, imaging}, {}, june, itself);
    const AccountMonth& account = accounts.at(oakfield);
    EXPECT_EQ(account.total().year_to_date.cost, Pence(5'000));
    EXPECT_EQ(account.lines.at(BudgetLine::diagnostics).month, (Figures{2, 0, Pence(5'000)}));
    EXPECT_FALSE(account.lines.contains(BudgetLine::outpatient_first));
    EXPECT_EQ(account.set_aside.at({CostOutcome::unpriced, "no_national_price"}), 4);
}

TEST(AccountMonth, ShowsAMergedPracticesHistoryWithItsSuccessorAndApart) {
    const std::vector<CubeRow> cube = {
        row(oakfield, Month(2017, 4), BudgetLine::elective, 1, Pence(300)),
        row(elmside, june, BudgetLine::elective, 1, Pence(200)),
    };
    const std::map<Account, std::map<BudgetLine, LineBudget>> budgets = {
        {oakfield, {{BudgetLine::elective, {Pence(1200), Pence(300)}}}},
        {elmside, {{BudgetLine::elective, {Pence(2400), Pence(600)}}}}};
    const auto accounts = account_months(cube, budgets, june, [](Account account) {
        return account == oakfield ? elmside : account;
    });
    ASSERT_EQ(accounts.size(), 1U);
    const AccountMonth& merged = accounts.at(elmside);
    EXPECT_EQ(merged.total().year_to_date.cost, Pence(500));
    EXPECT_EQ(merged.budget().to_date, Pence(900));
    EXPECT_EQ(merged.parts.at(oakfield).year_to_date.cost, Pence(300));
    EXPECT_EQ(merged.parts.at(elmside).year_to_date.cost, Pence(200));
}

TEST(AccountMonth, KeepsALineInNoBudgetOutOfEveryTotal) {
    const std::vector<CubeRow> cube = {
        row(oakfield, june, BudgetLine::elective, 2, Pence(100)),
        row(elmside, june, BudgetLine::community, 3, Pence(1'000)),
        prescribed(oakfield, june, 7, FinePence(2'499)),
        row(account::unregistered, june, BudgetLine::community, 3, Pence(40)),
    };
    const NotInBudgets outside = {{oakfield,
                                   {{BudgetLine::community, NotInBudget::blocked_back},
                                    {BudgetLine::prescribing, NotInBudget::out}}}};
    const RollUp merged = [](Account account) { return account == elmside ? oakfield : account; };
    const auto accounts = account_months(cube, {}, june, merged, outside);
    const AccountMonth& account = accounts.at(oakfield);
    EXPECT_EQ(account.total().year_to_date.cost, Pence(100));
    EXPECT_EQ(account.outside.at(BudgetLine::community).why, NotInBudget::blocked_back);
    EXPECT_EQ(account.outside.at(BudgetLine::community).figures.month.cost, Pence(1'000));
    EXPECT_EQ(account.outside.at(BudgetLine::prescribing).figures.month.cost, Pence(2));
    EXPECT_FALSE(account.parts.contains(elmside));
    // Nobody's budget: nothing is outside it.
    EXPECT_EQ(accounts.at(account::unregistered).total().month.cost, Pence(40));
}

TEST(AccountMonth, TakesChangesIntoTheBudgetOfWhoShowsThem) {
    const std::map<Account, std::map<BudgetLine, LineBudget>> budgets = {
        {oakfield, {{BudgetLine::elective, {Pence(1'200), Pence(300)}}}},
        {elmside, {{BudgetLine::elective, {Pence(600), Pence(150)}}}}};
    const RollUp merged = [](Account account) { return account == elmside ? oakfield : account; };
    const std::vector<BudgetChange> changes = {
        {elmside, BudgetLine::elective, june, 1, {Pence(-500), Pence(-50)}, "merged"},
        {oakfield, BudgetLine::elective, june, 1, {Pence(500), Pence(50)}, "merged"},
        {oakfield, BudgetLine::elective, june, 2, {Pence(90), Pence(9)}, "list grew"}};
    const auto accounts = account_months({}, budgets, june, merged, {}, changes);
    const AccountMonth& account = accounts.at(oakfield);
    EXPECT_EQ(account.budget().annual, Pence(1'890));
    EXPECT_EQ(account.budget().to_date, Pence(459));
    EXPECT_EQ(account.changes.size(), 3U);
}

}  // namespace
}  // namespace purse
