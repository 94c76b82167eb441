// A year's first quarter at a made-up commissioner: June is loaded as flex and completed, the
// year-end is forecast; June's freeze comes, and what changed is told; the year ends, and the
// forecast is judged.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "cli/cli.hpp"
#include "desk/closes.hpp"
#include "desk/load_changes.hpp"
#include "desk/packs.hpp"
#include "desk/verifying.hpp"
#include "desk/year_forecasts.hpp"
#include "render/pack_pages.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

const Month june(2017, 6);
const Month march(2018, 3);

void load_month(Site& site, Month month, std::initializer_list<Extract> stages) {
    for (const DataSet set : all_data_sets) {
        for (const Extract stage : stages) load_demo(site, set, month, stage);
    }
}

// Loaded once for all tests of this program: they only read, but for the last.
struct Quarter {
    Quarter() : site(make_demo_site(folder.path() / "site")) {
        for (Month month(2016, 4); month < june; month = month + 1) {
            load_month(site, month, {Extract::flex, Extract::freeze});
        }
        load_month(site, june, {Extract::flex});
        got(close_month(site, june, no_progress));
    }
    TemporaryFolder folder;
    Site site;
};

Quarter& quarter() {
    static Quarter made;
    return made;
}

std::string purse(std::vector<std::string> words) {
    words.insert(words.begin(), {"purse", "--site", (quarter().folder.path() / "site").string()});
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    ::testing::internal::CaptureStdout();
    const int code = run_command_line(static_cast<int>(argv.size()), argv.data());
    std::fflush(stdout);
    std::string printed = ::testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0) << printed;
    return printed;
}

TEST(ForecastStory, a_flex_month_is_shown_as_reported_and_as_expected_when_complete) {
    const MonthReports reports = got(open_month(quarter().site, june));
    const MoreByFunction more = expected_by_function(reports);
    for (const Statement& statement : all_statements(reports)) {
        if (!statement.total.more_to_date) continue;
        const auto range = expected_to_date(statement.total);
        EXPECT_LE(range->low, range->expected);
        EXPECT_LE(range->expected, range->high);
        Pence parts;
        for (const auto& [line, functions] : more.at(Account(statement.code))) {
            for (const auto& [function, one] : functions) parts += one.more;
        }
        EXPECT_EQ(parts, statement.total.more_to_date->more) << statement.code;
    }
    const Summary summary = summary_of(reports);
    ASSERT_TRUE(summary.total.more_to_date);
    EXPECT_GT(summary.total.more_to_date->more, Pence(0)) << "the demo's flex lacks 4% of records";
    const std::string text = purse({"statement", "X90001", "--month", "2017-06"});
    EXPECT_NE(text.find("Expected when complete: £"), std::string::npos) << text;
    EXPECT_NE(text.find("expected when complete"), std::string::npos);
    EXPECT_FALSE(is_frozen(BudgetLine::elective, june, reports.setting.data));
    EXPECT_TRUE(is_frozen(BudgetLine::elective, june - 1, reports.setting.data));
    EXPECT_TRUE(verify(quarter().site).good());
    EXPECT_TRUE(verify(quarter().site).orphans.empty());
}

TEST(ForecastStory, the_forecast_starts_from_the_statements_own_figures_and_adds_up) {
    const MonthReports reports = got(open_month(quarter().site, june));
    const KeptForecast kept = got(forecast_of(quarter().site, reports));
    Pence all;
    for (const Statement& statement : all_statements(reports)) {
        const auto found = kept.forecast.find({Account(statement.code), std::nullopt});
        if (found == kept.forecast.end()) continue;
        const AccountForecast& one = found->second;
        EXPECT_EQ(one.to_date, statement.total.year_to_date.cost) << statement.code;
        const Pence more =
            statement.total.more_to_date ? statement.total.more_to_date->more : Pence(0);
        EXPECT_EQ(one.more, more) << statement.code;
        EXPECT_EQ(one.basis, ForecastBasis::carried_on);
        all += one.outturn();
    }
    EXPECT_EQ(all, kept.forecast.at({Account(), std::nullopt}).outturn());
    EXPECT_EQ(got(parse_year_forecast(as_csv(kept.forecast), "again")), kept.forecast);
    const Working working =
        got(forecast_working(reports, kept, Account("X90001"), BudgetLine::emergency_department));
    Pence steps;
    for (const Step& step : working.steps) steps += step.amount.value_or(Pence(0));
    EXPECT_EQ(steps, working.result);
}

TEST(ForecastStory, the_command_tells_the_forecast_in_every_format_and_why) {
    const std::string text = purse({"forecast", "X90001", "--month", "2017-06"});
    EXPECT_NE(text.find("Year-end forecast £"), std::string::npos) << text;
    EXPECT_NE(text.find("80% range"), std::string::npos);
    const std::string all = purse({"forecast", "--month", "2017-06"});
    EXPECT_NE(all.find("Fictional Valley Commissioner"), std::string::npos);
    for (const char* format : {"json", "csv", "html"}) {
        EXPECT_FALSE(
            purse({"forecast", "X90001", "--month", "2017-06", "--format", format}).empty());
    }
    const std::string why =
        purse({"forecast", "X90001", "--month", "2017-06", "--why", "non_elective"});
    EXPECT_NE(why.find("The share: its own record of up to three years"), std::string::npos) << why;
    const MonthReports reports = got(open_month(quarter().site, june));
    const KeptForecast kept = got(forecast_of(quarter().site, reports));
    EXPECT_FALSE(year_end_of(reports, kept, Account("Z99999")).ok());
    EXPECT_FALSE(forecast_working(reports, kept, Account("X90001"), BudgetLine::community).ok());
}

// To the penny, line by line: what the practice reads is what will be judged.
TEST(ForecastStory, the_pack_has_the_very_forecast_that_the_closing_keeps) {
    const MonthReports reports = got(open_month(quarter().site, june));
    const KeptForecast kept = got(forecast_of(quarter().site, reports));
    const MonthPacks packs = got(MonthPacks::gather(quarter().site, june, Date::of(2017, 8, 1)));
    for (const std::string& code : packs.practices()) {
        const Pack pack = got(packs.of(code));
        ASSERT_TRUE(pack.year_end) << pack.no_year_end;
        EXPECT_EQ(pack.year_end->total.forecast, kept.forecast.at({Account(code), std::nullopt}));
        std::size_t lines = 0;
        for (const auto& [key, forecast] : kept.forecast) {
            if (key.first == Account(code) && key.second) ++lines;
        }
        ASSERT_EQ(pack.year_end->lines.size(), lines);
        for (const YearEndRow& row : pack.year_end->lines) {
            EXPECT_EQ(row.forecast,
                      kept.forecast.at({Account(code), got(parse_budget_line(row.code))}))
                << code << row.code;
        }
    }
    const Pack pack = got(packs.of("X90001"));
    const ForecastRange range = *pack.year_end->total.forecast.range_80;
    const std::string text = as_text(pack);
    EXPECT_NE(text.find("Where the year may end: Year-end forecast £"), std::string::npos) << text;
    EXPECT_NE(text.find(in_pounds(range.low) + " to " + in_pounds(range.high)), std::string::npos);
    EXPECT_NE(text.find("none was kept in a year that is over"), std::string::npos);
    EXPECT_NE(as_html(pack).find("<th scope=\"col\">80% range</th>"), std::string::npos);
    EXPECT_NE(as_json(pack).find(fmt::format("\"low_pence\":{}", range.low.count())),
              std::string::npos);
}

// What the month's closing has of the data set's month, to the fine penny.
FinePence closed_cost(const MonthReports& reports, DataSet set, Month month) {
    FinePence cost;
    for (const CubeRow& row : *reports.cube) {
        if (row.set != set || row.month != month) continue;
        cost += row.fine_cost;
        cost += FinePence(row.full.count() * FinePence::per_penny);
    }
    return cost;
}

TEST(ForecastStory, what_the_freeze_of_may_changed_adds_up_by_reason) {
    const MonthReports reports = got(open_month(quarter().site, june));
    for (const DataSet set : all_data_sets) {
        const LoadChanges changes =
            got(changes_of_load(quarter().site, {set, june - 1, {}, {}, {}}));
        EXPECT_EQ(changes.from.load.stage, Extract::flex);
        EXPECT_EQ(changes.to.load.stage, Extract::freeze);
        std::int64_t changed = 0;
        Pence before;
        Pence after;
        for (const LoadChangeSum& sum : changes.by_reason) {
            if (sum.reason != ChangeReason::unchanged) changed += sum.records;
            before += sum.before;
            after += sum.after;
        }
        EXPECT_GT(changed, 0) << short_name(set);
        EXPECT_EQ(before, changes.total.before);
        EXPECT_EQ(after, changes.total.after);
        // What the later extract comes to is what the closing has of it.
        EXPECT_EQ(changes.total.after,
                  rounded(closed_cost(reports, set, june - 1), Rounding::half_up))
            << short_name(set);
    }
    const std::string text = purse({"changes", "apc", "--month", "2017-05"});
    EXPECT_NE(text.find("new: not in the earlier extract"), std::string::npos) << text;
    EXPECT_FALSE(changes_of_load(quarter().site, {DataSet::admitted_care, june, {}, {}, {}}).ok())
        << "June has one extract only";
    EXPECT_FALSE(
        changes_of_load(quarter().site, {DataSet::admitted_care, june, {}, BatchNumber{1}, {}})
            .ok());
    EXPECT_FALSE(
        changes_of_load(quarter().site, {DataSet::admitted_care, june - 1, {}, {}, Account("NOPE")})
            .ok());
}

// The last of these: it loads the rest of the year.
TEST(ForecastStory, when_the_year_is_over_its_forecasts_are_judged_and_keep_as_they_were) {
    Site& site = quarter().site;
    const std::string before = as_csv(got(forecast_of(site, got(open_month(site, june)))).forecast);
    for (Month month = june; month < march; month = month + 1) {
        load_month(site, month, {Extract::freeze});
    }
    load_month(site, march, {Extract::flex});
    EXPECT_EQ(as_csv(got(forecast_of(site, got(open_month(site, june)))).forecast), before);
    EXPECT_TRUE(got(scores_before(site, FinancialYear(2018))).scored_years.empty());
    got(close_month(site, march, no_progress));
    const KeptForecast scored = got(scores_before(site, FinancialYear(2018)));
    ASSERT_EQ(scored.scored_years, std::vector{FinancialYear(2017)});
    const ForecastScore& practices = scored.scores.at(ForecastLevel::account);
    EXPECT_GE(practices.cases, 6);
    EXPECT_GE(practices.within_95, practices.within_80);
    EXPECT_LT(practices.missed / practices.outturn, 0.15);
    EXPECT_EQ(practices.last_year.cases, practices.cases);
    EXPECT_NE(score_sentence(scored).find("2017/18"), std::string::npos);
    const KeptForecast kept = got(forecast_of(site, got(open_month(site, march))));
    EXPECT_EQ(kept.forecast.at({Account(), std::nullopt}).rest, Pence(0));
    EXPECT_TRUE(verify(site).good());
}

}  // namespace
}  // namespace purse::testing
