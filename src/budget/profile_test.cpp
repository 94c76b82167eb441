#include "budget/profile.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "calendar/working_days.hpp"

namespace purse {
namespace {

const FinancialYear y2017(2017);

TEST(Profile, by_calendar_days_has_the_days_of_each_month) {
    const auto profile = profile_of_year(ProfileKind::calendar_days, y2017);
    EXPECT_EQ(profile.weights,
              (std::array<std::int64_t, 12>{30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31}));
    EXPECT_EQ(profile_of_year(ProfileKind::calendar_days, FinancialYear(2019)).weights[10], 29);
}

TEST(Profile, by_working_days_leaves_out_weekends_and_bank_holidays) {
    const auto profile = profile_of_year(ProfileKind::working_days, y2017);
    EXPECT_EQ(profile.weights[0], 18) << "April 2017: 20 weekdays less Good Friday, Easter Monday";
    EXPECT_EQ(profile.weights[8], 19) << "December 2017: 21 weekdays less Christmas, Boxing Day";
    for (const Month month : y2017.months()) {
        EXPECT_EQ(profile.weights[static_cast<std::size_t>(month.place_in_year() - 1)],
                  working_days(month));
    }
}

TEST(Profile, shares_the_year_out_to_the_penny) {
    const auto profile = profile_of_year(ProfileKind::calendar_days, y2017);
    for (const std::int64_t annual : {0LL, 1LL, 11LL, 36'500LL, 1'234'567LL, 99'999'999'999LL}) {
        const auto months = monthly_budgets(Pence(annual), profile);
        EXPECT_EQ(std::accumulate(months.begin(), months.end(), Pence()), Pence(annual));
        EXPECT_EQ(budget_to_date(Pence(annual), profile, Month(2018, 3)), Pence(annual));
    }
    EXPECT_EQ(monthly_budgets(Pence(36'500), profile)[0], Pence(3'000));
    EXPECT_EQ(budget_to_date(Pence(36'500), profile, Month(2017, 5)), Pence(6'100));
}

TEST(Profile, explains_the_budget_to_date) {
    const auto profile = profile_of_year(ProfileKind::calendar_days, y2017);
    const auto working =
        budget_to_date_working(Pence(36'500), profile, Month(2017, 5), {"budgets.csv", "line 2"});
    EXPECT_EQ(working.result, Pence(6'100));
    ASSERT_EQ(working.steps.size(), 3u);
    EXPECT_EQ(working.steps[0].source.place, "line 2");
    EXPECT_NE(working.steps[1].says.find("by calendar days: 61 of 365"), std::string::npos)
        << working.steps[1].says;
    EXPECT_EQ(working.steps[2].amount, Pence(3'100));
}

TEST(ProfileRules, as_shipped_name_every_line_with_a_source) {
    const auto rules =
        read_profile_rules(std::filesystem::path(PURSE_SOURCE_DIR) / "rules/budget_lines.toml");
    ASSERT_TRUE(rules.ok()) << rules.problem().says;
    EXPECT_EQ(rules->size(), budget_lines.size());
    for (const BudgetLine line :
         {BudgetLine::non_elective, BudgetLine::maternity, BudgetLine::emergency_department}) {
        EXPECT_EQ(rules->at(line).kind, ProfileKind::calendar_days);
    }
    for (const BudgetLine line :
         {BudgetLine::day_case, BudgetLine::elective, BudgetLine::outpatient_first,
          BudgetLine::outpatient_follow_up, BudgetLine::outpatient_procedure,
          BudgetLine::diagnostics, BudgetLine::prescribing}) {
        EXPECT_EQ(rules->at(line).kind, ProfileKind::working_days);
    }
    EXPECT_EQ(default_profile(*rules, BudgetLine::elective, y2017),
              profile_of_year(ProfileKind::working_days, y2017));
}

TEST(ProfileRules, are_refused_where_they_are_wrong_or_not_whole) {
    struct Case {
        const char* text;
        const char* says;
    };
    for (const Case& c :
         {Case{"", "[day_case] is missing"},
          {"[elective\n", "line 1"},
          {"[nonsense]\nprofile=\"working_days\"\nsource=\"x\"\n", "not a budget line"},
          {"[elective]\nprofile=\"lunar\"\nsource=\"x\"\n", "'lunar' is not known"},
          {"[elective]\nprofile=\"working_days\"\n", "'source' is missing"},
          {"elective = 1\n", "must be a table"}}) {
        const auto rules = read_profile_rules_text(c.text, "made.toml");
        ASSERT_FALSE(rules.ok()) << c.text;
        EXPECT_NE(rules.problem().says.find(c.says), std::string::npos) << rules.problem().says;
        EXPECT_NE(rules.problem().says.find("made.toml"), std::string::npos);
    }
    EXPECT_FALSE(read_profile_rules("/nowhere/budget_lines.toml").ok());
}

}  // namespace
}  // namespace purse
