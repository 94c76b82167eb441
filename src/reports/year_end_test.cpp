#include "reports/year_end.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(YearEnd, says_how_earlier_forecasts_did_or_that_it_cannot_be_told_yet) {
    YearEnd year_end;
    EXPECT_NE(how_earlier_ones_did(year_end).find("none was kept in a year that is over"),
              std::string_view::npos);
    year_end.scored = "How earlier forecasts did (2016/17; 132 of practices): ...";
    EXPECT_EQ(how_earlier_ones_did(year_end), year_end.scored);
}

TEST(YearEnd, is_not_possible_until_something_is_forecast) {
    YearEnd year_end;
    EXPECT_FALSE(is_possible(year_end));
    year_end.total.forecast.basis = ForecastBasis::profile;
    EXPECT_TRUE(is_possible(year_end));
}

TEST(YearEnd, says_that_lines_without_a_forecast_are_not_in_the_total) {
    YearEnd year_end;
    year_end.lines.resize(1);
    EXPECT_FALSE(what_the_total_leaves_out(year_end).empty());
    year_end.lines[0].forecast.basis = ForecastBasis::carried_on;
    EXPECT_TRUE(what_the_total_leaves_out(year_end).empty());
}

TEST(YearEnd, is_over_only_where_there_are_a_forecast_and_a_budget) {
    YearEndRow row;
    row.forecast.to_date = Pence(700);
    row.forecast.rest = Pence(500);
    row.forecast.budget = Pence(1'000);
    EXPECT_FALSE(row.over());
    row.forecast.basis = ForecastBasis::carried_on;
    EXPECT_EQ(row.over(), Pence(200));
    row.forecast.budget.reset();
    EXPECT_FALSE(row.over());
}

}  // namespace
}  // namespace purse
