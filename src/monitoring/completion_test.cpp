#include "monitoring/completion.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "monitoring/account_month.hpp"

namespace purse {
namespace {

const ProviderCode infirmary("RYJ");
const ProviderCode general("RVR");
const Account oakfield("X90001");
const Account elmside("X90002");

StageCost known(ProviderCode provider, BudgetLine line, Month month, Extract stage,
                std::int64_t pounds, std::int64_t records = 400,
                DataSet set = DataSet::admitted_care) {
    return {
        set, provider, line, month, stage, records, FinePence(pounds * 100 * FinePence::per_penny)};
}

// Three months by hand: flex 100, 200, 300; freeze 110, 206, 318.
std::vector<StageCost> three_months(ProviderCode provider = infirmary,
                                    BudgetLine line = BudgetLine::elective) {
    std::vector<StageCost> history;
    const std::array<std::pair<int, int>, 3> months = {{{100, 110}, {200, 206}, {300, 318}}};
    for (int i = 0; i < 3; ++i) {
        const auto& [flex, freeze] = months[static_cast<std::size_t>(i)];
        history.push_back(known(provider, line, Month(2017, 4) + i, Extract::flex, flex));
        history.push_back(known(provider, line, Month(2017, 4) + i, Extract::freeze, freeze));
    }
    return history;
}

constexpr CompletionRules three = {.least_months = 3, .least_records = 1000, .most_months = 24};

CubeRow reported(std::int64_t batch, Account account, ProviderCode provider, BudgetLine line,
                 Month month, Pence full) {
    CubeRow row;
    row.month = month;
    row.batch = batch;
    row.account = account;
    row.provider = provider;
    row.treatment_function = TreatmentFunction("100");
    row.line = line;
    row.records = 1;
    row.full = full;
    return row;
}

TEST(Completion, TakesTheFactorOfSumsOverSumsFromFrozenMonths) {
    const Completion completion(three_months(), three);
    const auto factor =
        completion.factor(DataSet::admitted_care, infirmary, BudgetLine::elective, Extract::flex);
    ASSERT_TRUE(factor);
    EXPECT_NEAR(factor->to.factor, 634.0 / 600, 1e-12);
    EXPECT_EQ(factor->months, 3);
    EXPECT_EQ(factor->pool, CompletionPool::line);
    EXPECT_FALSE(completion.factor(DataSet::admitted_care, infirmary, BudgetLine::elective,
                                   Extract::freeze));
}

// sigma^2 = sum of C (F - f)^2 over n - 1, in pence; Mack's error of 250.00 known:
// ultimate^2 x sigma^2 / f^2 x (1 / known + 1 / sum).
TEST(Completion, GivesMacksErrorOfAPracticesPart) {
    const Completion completion(three_months(), three);
    const auto to =
        completion.factor(DataSet::admitted_care, infirmary, BudgetLine::elective, Extract::flex)
            ->to;
    const double f = 634.0 / 600;
    const double sigma2 =
        100 *
        (100 * std::pow(1.10 - f, 2) + 200 * std::pow(1.03 - f, 2) + 300 * std::pow(1.06 - f, 2)) /
        2;
    const double known_pence = 25'000;
    const double ultimate = known_pence * f;
    const double error = ultimate * std::sqrt(sigma2 / (f * f) * (1 / known_pence + 1 / 60'000.0));
    EXPECT_NEAR(to.standard_error(known_pence), error, 1e-6);
}

TEST(Completion, ThinHistoryIsTakenFromAWiderPoolAndSaysSo) {
    auto history = three_months();
    for (const StageCost& more : three_months(general, BudgetLine::day_case)) {
        history.push_back(more);
    }
    // One month of this provider's non-elective is no history; its months of all lines are.
    history.push_back(
        known(infirmary, BudgetLine::non_elective, Month(2017, 4), Extract::flex, 50));
    history.push_back(
        known(infirmary, BudgetLine::non_elective, Month(2017, 4), Extract::freeze, 70));
    const Completion completion(history, three);
    const auto provider = completion.factor(DataSet::admitted_care, infirmary,
                                            BudgetLine::non_elective, Extract::flex);
    ASSERT_TRUE(provider);
    EXPECT_EQ(provider->pool, CompletionPool::provider);
    EXPECT_NEAR(provider->to.factor, 704.0 / 650, 1e-12);
    const auto set = completion.factor(DataSet::admitted_care, ProviderCode("RXX"),
                                       BudgetLine::elective, Extract::flex);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->pool, CompletionPool::data_set);
    EXPECT_NEAR(set->to.factor, (634.0 + 704.0) / (600 + 650), 1e-12);
    const auto other = completion.factor(DataSet::emergency, infirmary,
                                         BudgetLine::emergency_department, Extract::flex);
    ASSERT_TRUE(other);
    EXPECT_EQ(other->pool, CompletionPool::hospitals);
    EXPECT_NE(other->says().find("all hospital data"), std::string::npos);
    EXPECT_FALSE(
        completion.factor(DataSet::prescribing, {}, BudgetLine::prescribing, Extract::flex));
}

TEST(Completion, AMonthThatIsNotFrozenForAProviderTeachesNothingOfIt) {
    auto history = three_months();
    history.push_back(known(infirmary, BudgetLine::elective, Month(2017, 7), Extract::flex, 9'000));
    // Frozen for another provider only.
    history.push_back(known(general, BudgetLine::elective, Month(2017, 7), Extract::freeze, 9'000));
    const Completion completion(history, three);
    for (const auto& [provider, line] :
         {std::pair(infirmary, BudgetLine::elective), std::pair(general, BudgetLine::elective)}) {
        const auto factor =
            completion.factor(DataSet::admitted_care, provider, line, Extract::flex);
        ASSERT_TRUE(factor);
        EXPECT_NEAR(factor->to.factor, 634.0 / 600, 1e-12);
    }
}

TEST(Completion, AnEarlyMonthIsTakenThroughTheFlexToTheFreeze) {
    std::vector<StageCost> history = three_months();
    for (int i = 0; i < 3; ++i) {
        const std::array<int, 3> early = {80, 150, 270};
        history.push_back(known(infirmary, BudgetLine::elective, Month(2017, 4) + i, Extract::early,
                                early[static_cast<std::size_t>(i)]));
    }
    const auto factor =
        Completion(history, three)
            .factor(DataSet::admitted_care, infirmary, BudgetLine::elective, Extract::early);
    ASSERT_TRUE(factor);
    EXPECT_NEAR(factor->to.factor, 600.0 / 500 * 634.0 / 600, 1e-12);
}

TEST(Completion, CellsOfAMonthAddUpToWhatItsAccountsExpect) {
    const Completion completion(three_months(), three);
    const Month july(2017, 7);
    const std::vector<CubeRow> cube = {
        reported(1, oakfield, infirmary, BudgetLine::elective, july, Pence(100'03)),
        reported(1, elmside, infirmary, BudgetLine::elective, july, Pence(50'00)),
        reported(2, oakfield, infirmary, BudgetLine::elective, Month(2017, 6), Pence(70'00)),
        reported(1, oakfield, ProviderCode("RXX"), BudgetLine::maternity, july, Pence(10'00))};
    const auto cells =
        incomplete_cells(cube, {{1, Extract::flex}, {2, Extract::freeze}}, completion);
    ASSERT_EQ(cells.size(), 3U);
    std::map<Account, AccountMonth> accounts;
    add_expected(accounts, cells, july, [](Account account) { return account; });
    const LineExpected& line = accounts.at(oakfield).expected.at(BudgetLine::elective);
    EXPECT_EQ(line.month.more, Pence(5'67));  // 10003 x 34/600 = 566.8
    EXPECT_EQ(line.year_to_date.more, Pence(5'67));
    EXPECT_EQ(accounts.at(elmside).expected.at(BudgetLine::elective).month.more, Pence(2'83));
    // Two practices share the factor's own error, so that their sum errs by more than if apart.
    ExpectedMore both = cells[0].expected();
    both += cells[2].expected();
    const double apart =
        std::hypot(static_cast<double>(cells[0].expected().standard_error().count()),
                   static_cast<double>(cells[2].expected().standard_error().count()));
    EXPECT_GT(static_cast<double>(both.standard_error().count()), apart);
}

TEST(Completion, WithoutHistoryNothingIsExpectedAndThatIsCounted) {
    const Completion none;
    const std::vector<CubeRow> cube = {
        reported(1, oakfield, infirmary, BudgetLine::elective, Month(2017, 7), Pence(100'00))};
    const auto cells = incomplete_cells(cube, {{1, Extract::flex}}, none);
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].expected().more, Pence(0));
    EXPECT_EQ(cells[0].expected().unknown, 1);
}

}  // namespace
}  // namespace purse
