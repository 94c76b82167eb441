#include "monitoring/year_forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "monitoring/forecast_ranges.hpp"
#include "monitoring/forecast_scores.hpp"

namespace purse {
namespace {

const Account everybody;
const Account oakfield("X90001");
const Account elmside("X90002");
const Account unregistered("~UNREG");
constexpr auto ae = BudgetLine::emergency_department;

ProfileRules by_calendar_days() {
    ProfileRules rules;
    for (const BudgetLineName& line : budget_lines) {
        rules[line.line] = {ProfileKind::calendar_days, "a test"};
    }
    return rules;
}

// Costs by the day: level, and a scatter that the same month always has.
Pence cost_of(Month month, double a_day, int scatter) {
    const int noise = (month - Month(2000, 1)) * 7919 % 13 - 6;
    return Pence(std::llround(a_day * month.days() + scatter * noise));
}

YearForecastInputs inputs_to(Month month, Month first = Month(2015, 4)) {
    YearForecastInputs inputs;
    inputs.month = month;
    inputs.profiles = by_calendar_days();
    inputs.lists = {{oakfield, 6'000}, {elmside, 3'000}};
    inputs.known = {{ae, {first, month}}};
    for (Month at = first; at <= month; at = at + 1) {
        inputs.costs.push_back({oakfield, ae, at, cost_of(at, 6'000, 4'000)});
        inputs.costs.push_back({elmside, ae, at, cost_of(at, 3'000, 3'000)});
        inputs.costs.push_back({unregistered, ae, at, cost_of(at, 150, 100)});
    }
    return inputs;
}

TEST(YearForecast, SumsAreExactOverAccountsAndLines) {
    auto inputs = inputs_to(Month(2017, 7));
    inputs.known[BudgetLine::elective] = inputs.known.at(ae);
    for (Month at = Month(2015, 4); at <= inputs.month; at = at + 1) {
        inputs.costs.push_back({oakfield, BudgetLine::elective, at, cost_of(at, 10'001, 9'000)});
        inputs.costs.push_back({elmside, BudgetLine::elective, at, cost_of(at, 4'007, 9'000)});
    }
    const YearForecast forecast = forecast_year(inputs);
    Pence all;
    for (const BudgetLine line : {ae, BudgetLine::elective}) {
        Pence of_line;
        for (const Account account : {oakfield, elmside, unregistered}) {
            const auto found = forecast.find({account, line});
            if (found != forecast.end()) of_line += found->second.outturn();
        }
        EXPECT_EQ(of_line, forecast.at({everybody, line}).outturn());
        all += of_line;
    }
    EXPECT_EQ(all, forecast.at({everybody, std::nullopt}).outturn());
    EXPECT_EQ(forecast.at({oakfield, std::nullopt}).outturn(),
              forecast.at({oakfield, ae}).outturn() +
                  forecast.at({oakfield, BudgetLine::elective}).outturn());
}

TEST(YearForecast, ALevelYearEndsWhereItsDaysTakeIt) {
    const YearForecast forecast = forecast_year(inputs_to(Month(2017, 7)));
    const AccountForecast& one = forecast.at({oakfield, ae});
    EXPECT_EQ(one.basis, ForecastBasis::carried_on);
    EXPECT_NEAR(static_cast<double>(one.outturn().count()), 6'000.0 * 365, 0.02 * 6'000 * 365);
    ASSERT_TRUE(one.range_80 && one.range_95);
    EXPECT_TRUE(one.range_80->holds(one.outturn()));
    EXPECT_LT(one.range_95->low, one.range_80->low);
    EXPECT_GT(one.range_95->high, one.range_80->high);
}

// A small practice that had bad months is drawn back towards what its list alone would bring.
TEST(YearForecast, ASmallPracticeDoesNotSwing) {
    auto inputs = inputs_to(Month(2017, 7));
    const Account tiny("X90003");
    inputs.lists[tiny] = 300;
    for (Month at = Month(2015, 4); at <= inputs.month; at = at + 1) {
        inputs.costs.push_back({tiny, ae, at, cost_of(at, 450, 2'000)});
    }
    const AccountForecast one = forecast_year(inputs).at({tiny, ae});
    EXPECT_LT(one.credibility, 0.95);
    EXPECT_LT(one.share, one.own_share);
    EXPECT_GT(one.share, one.base_share);
}

TEST(YearForecast, WithLessThanAYearTheRestIsAsBudgetedAndHasNoRange) {
    auto inputs = inputs_to(Month(2017, 7), Month(2017, 4));
    inputs.budgets[oakfield][ae] = Pence(2'000'000);
    inputs.budgets_left[oakfield][ae] = Pence(1'300'000);
    const YearForecast forecast = forecast_year(inputs);
    const AccountForecast& one = forecast.at({oakfield, ae});
    EXPECT_EQ(one.basis, ForecastBasis::profile);
    EXPECT_EQ(one.rest, Pence(1'300'000));
    EXPECT_FALSE(one.range_80);
    EXPECT_EQ(forecast.at({elmside, ae}).basis, ForecastBasis::not_possible);
}

TEST(YearForecast, AMissingMonthOfThisYearMakesItImpossible) {
    auto inputs = inputs_to(Month(2017, 7));
    inputs.known[ae] = {Month(2017, 6), Month(2017, 7)};
    EXPECT_EQ(forecast_year(inputs).at({oakfield, ae}).basis, ForecastBasis::not_possible);
}

TEST(YearForecast, MonthsThatAreNotLoadedYetAreForecastToo) {
    auto inputs = inputs_to(Month(2017, 6));
    inputs.month = Month(2017, 7);
    const AccountForecast one = forecast_year(inputs).at({oakfield, ae});
    EXPECT_NEAR(static_cast<double>(one.outturn().count()), 6'000.0 * 365, 0.03 * 6'000 * 365);
}

TEST(YearForecast, WhatIsKnownToComeIsAddedToTheRestToThePenny) {
    auto inputs = inputs_to(Month(2017, 7));
    const YearForecast before = forecast_year(inputs);
    inputs.commitments = {{oakfield, ae, Month(2018, 1), Pence(10'001), "a clinic opens"},
                          {everybody, ae, Month(2017, 12), Pence(-5'003), "a contract ends"}};
    const YearForecast after = forecast_year(inputs);
    EXPECT_EQ(after.at({everybody, ae}).outturn() - before.at({everybody, ae}).outturn(),
              Pence(3 * 10'001 - 4 * 5'003));
    EXPECT_GT(after.at({oakfield, ae}).committed, Pence(0));
    EXPECT_LT(after.at({elmside, ae}).committed, Pence(0));
}

TEST(YearForecast, TheLastMonthLeavesOnlyWhatIsStillToComeOfTheMonthsNotFrozen) {
    auto inputs = inputs_to(Month(2018, 3));
    ExpectedMore more{.more = Pence(500)};
    more.error.add(10'000, 1, {.factor = 1.05, .process = 4, .shared = 0});
    inputs.more[{oakfield, ae}] = more;
    const AccountForecast one = forecast_year(inputs).at({oakfield, ae});
    EXPECT_EQ(one.rest, Pence(0));
    EXPECT_EQ(one.more, Pence(500));
    // 1.2816 x sqrt(10,000 x 4)
    EXPECT_NEAR(static_cast<double>((one.range_80->high - one.outturn()).count()), 256.3, 1);
    EXPECT_EQ(one.naive.last_year, one.outturn());
}

TEST(YearForecast, TheSameInputsGiveTheSameForecast) {
    const auto inputs = inputs_to(Month(2017, 9));
    EXPECT_EQ(forecast_year(inputs), forecast_year(inputs));
}

// A small back-test: ten times five years of eight practices whose months scatter about their
// means, with a season and some growth. Forecasts of the last two years from each of their months.
class BackTest : public ::testing::Test {
  protected:
    // Nearly normal, and the same everywhere: the sum of twelve evenly spread numbers less six.
    double scatter() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) {
            state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
            sum += static_cast<double>(state_ >> 11) / 9007199254740992.0;
        }
        return sum;
    }

    void make_costs() {
        costs_.clear();
        for (Month at = first_; at <= last_; at = at + 1) {
            for (int practice = 0; practice < 8; ++practice) {
                const double size = 2'000.0 * (practice + 1);
                const double own = 1 + 0.1 * ((practice * 5) % 7 - 3);
                const double mean = size * own * at.days() *
                                    (1 + 0.1 * std::cos(at.month() * 0.5236)) *
                                    (1 + 0.002 * (at - first_));
                const double cost = mean + 3 * std::sqrt(mean * 500) * scatter();
                costs_.push_back(
                    {code(practice), ae, at, Pence(std::llround(std::max(0.0, cost)))});
            }
        }
    }

    [[nodiscard]] YearForecastInputs known_at(Month month) const {
        YearForecastInputs inputs;
        inputs.month = month;
        inputs.profiles = by_calendar_days();
        inputs.known = {{ae, {first_, month}}};
        for (const AccountCost& cost : costs_) {
            if (cost.month <= month) inputs.costs.push_back(cost);
        }
        for (int practice = 0; practice < 8; ++practice) {
            inputs.lists[code(practice)] = 1'000 * (practice + 1);
        }
        return inputs;
    }

    static Account code(int practice) { return Account("X9000" + std::to_string(practice + 1)); }

    const Month first_ = Month(2012, 4);
    const Month last_ = Month(2017, 3);
    std::vector<AccountCost> costs_;
    std::uint64_t state_ = 2017;
};

TEST_F(BackTest, RangesHoldWhatTheySayAndMissesAreSmallerThanLastYearsMonths) {
    ForecastScores scores;
    for (int time = 0; time < 10; ++time) {
        make_costs();
        for (const FinancialYear year : {FinancialYear(2015), FinancialYear(2016)}) {
            const YearForecast came = forecast_year(known_at(year.last_month()));
            for (Month month = year.first_month(); month < year.last_month(); month = month + 1) {
                score(scores, forecast_year(known_at(month)), came);
            }
        }
    }
    const ForecastScore& of = scores.at(ForecastLevel::account_line);
    ASSERT_EQ(of.cases, 10 * 2 * 11 * 8);
    const auto held = [&](std::int64_t within) {
        return static_cast<double>(within) / static_cast<double>(of.cases);
    };
    EXPECT_GT(held(of.within_80), 0.75);
    EXPECT_LT(held(of.within_80), 0.85);
    EXPECT_GT(held(of.within_95), 0.92);
    EXPECT_LT(held(of.within_95), 0.98);
    EXPECT_LT(of.last_year.ratio(), 0.95);
    EXPECT_LT(of.last_month.ratio(), 0.5);
}

TEST(PastMisses, WidenRangesThatUsedToMiss) {
    PastMisses wild;
    PastMisses tame;
    for (int i = 0; i < 600; ++i) {
        wild.add(i % 2 == 0 ? 30 : -30, 10);
        tame.add(i % 2 == 0 ? 3 : -3, 10);
    }
    EXPECT_NEAR(PastMisses().errors_for(0.80), 1.4759, 1e-4);  // Student's t of five cases
    EXPECT_GT(wild.errors_for(0.80), 2.8);
    EXPECT_LT(tame.errors_for(0.80), 0.4);
    PastMisses nothing;
    nothing.add(5, 0);
    EXPECT_EQ(nothing.count(), 0U);
}

TEST(Likeness, TellsLinesThatMissTogetherFromThoseThatDoNot) {
    Likeness together;
    Likeness apart;
    EXPECT_EQ(together.alike(), 0.25);  // what is thought before anything is seen
    for (int i = 0; i < 600; ++i) {
        const double way = i % 2 == 0 ? 1 : -1;
        PastSum same;
        PastSum other;
        for (int line = 0; line < 2; ++line) {
            same.add(way * 10, 10);
            other.add(line == 0 ? way * 10 : (i % 4 < 2 ? 10 : -10), 10);
        }
        together.add(same);
        apart.add(other);
    }
    // A hundred cases of six months, beside five of what was thought before.
    EXPECT_NEAR(together.alike(), (100 * 1.0 + 5 * 0.25) / 105, 1e-9);
    EXPECT_NEAR(apart.alike(), 5 * 0.25 / 105, 1e-9);
    ErrorSum errors;
    errors.add(3);
    errors.add(4);
    EXPECT_NEAR(errors.together(0), 5, 1e-12);
    EXPECT_NEAR(errors.together(1), 7, 1e-12);
}

TEST(ForecastScores, CountWhatRangesHeldAndHowFarPlainerMethodsMissed) {
    YearForecast forecast;
    AccountForecast& one = forecast[{oakfield, ae}];
    one.rest = Pence(1'000);
    one.range_80 = ForecastRange{Pence(900), Pence(1'100)};
    one.range_95 = ForecastRange{Pence(800), Pence(1'200)};
    one.naive.last_year = Pence(1'300);
    YearForecast came;
    came[{oakfield, ae}].to_date = Pence(1'150);
    ForecastScores scores;
    score(scores, forecast, came);
    const ForecastScore& of = scores.at(ForecastLevel::account_line);
    EXPECT_EQ(of.cases, 1);
    EXPECT_EQ(of.within_80, 0);
    EXPECT_EQ(of.within_95, 1);
    EXPECT_EQ(of.missed, 150);
    EXPECT_EQ(of.last_year.ratio(), 1);
    EXPECT_EQ(of.budget.cases, 0);
}

}  // namespace
}  // namespace purse
