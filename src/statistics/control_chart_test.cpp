#include "statistics/control_chart.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "statistics/funnel.hpp"
#include "statistics/profile_funnel.hpp"

namespace purse {
namespace {

ControlChart charted(ChartRequest request) {
    auto chart = control_chart(request);
    EXPECT_TRUE(chart.ok()) << (chart.ok() ? "" : chart.problem().says);
    return std::move(chart).value();
}

// Mean 10; moving ranges 2, 2, 2: limits 10 -/+ 2.66 x 2.
TEST(ControlChart, has_limits_of_266_moving_ranges) {
    const auto chart = charted({.values = {9, 11, 9, 11}});
    EXPECT_DOUBLE_EQ(chart.groups[0].mean, 10);
    EXPECT_NEAR(chart.groups[0].limits->lower, 4.68, 1e-12);
    EXPECT_NEAR(chart.groups[0].limits->upper, 15.32, 1e-12);
    EXPECT_TRUE(chart.groups[0].short_of_points);
    EXPECT_EQ(chart.count_of(0, PointType::common), 4U);
}

TEST(ControlChart, leaves_extreme_moving_ranges_out_when_told) {
    ChartRequest request{.values = {10, 11, 10, 11, 10, 11, 10, 11, 10, 60}};
    const auto screened = charted(request);
    request.screen_outliers = false;
    const auto unscreened = charted(request);
    EXPECT_NEAR(screened.groups[0].limits->upper - screened.groups[0].mean, 2.66, 1e-12);
    EXPECT_GT(unscreened.groups[0].limits->upper, screened.groups[0].limits->upper + 10);
    EXPECT_EQ(name_of(screened.points.back().cause), "Above UCL");
}

TEST(ControlChart, names_a_trend_of_seven_and_none_of_six) {
    const auto six = charted({.values = {1, 2, 3, 4, 5, 6, 0, 3}});
    for (const auto& point : six.points) EXPECT_NE(point.cause, SpecialCause::rising_trend);
    // Limits far away, so that nothing but the trend tells.
    const auto seven = charted({.values = {50, -50, 1, 2, 3, 4, 5, 6, 7, -50, 50}});
    for (std::size_t i = 0; i < seven.points.size(); ++i) {
        EXPECT_EQ(seven.points[i].cause == SpecialCause::rising_trend, i >= 1 && i <= 8) << i;
    }
    // It rises, and less is better: a concern, on whichever side of the mean.
    const auto worse = charted(
        {.values = {50, -50, 1, 2, 3, 4, 5, 6, 7, -50, 50}, .improvement = Improvement::decrease});
    EXPECT_EQ(worse.points[2].type, PointType::concern);
    EXPECT_EQ(worse.points[8].type, PointType::concern);
}

TEST(ControlChart, names_seven_points_on_one_side) {
    const auto chart = charted({.values = {1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9}});
    EXPECT_EQ(chart.points[5].side, -1);
    EXPECT_EQ(chart.points[13].side, 1);
    EXPECT_NE(chart.points[0].cause, SpecialCause::none);
    EXPECT_NE(chart.points[13].cause, SpecialCause::none);
}

TEST(ControlChart, starts_its_rules_again_where_a_person_moved_the_limits) {
    ChartRequest request{.values = {1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9}};
    request.rebases = {{7, "A. Manager", "the clinic opened"}};
    const auto chart = charted(request);
    ASSERT_EQ(chart.groups.size(), 2U);
    EXPECT_NEAR(chart.groups[1].mean, 60.0 / 7, 1e-12);
    EXPECT_EQ(chart.groups[1].rebase->person, "A. Manager");
    for (const auto& point : chart.points) EXPECT_EQ(point.cause, SpecialCause::none);
}

TEST(ControlChart, moves_no_limits_without_a_name_and_a_reason) {
    ChartRequest request{.values = {1, 2, 3, 4}};
    request.rebases = {{2, "", "because"}};
    EXPECT_NE(control_chart(request).problem().says.find("person"), std::string::npos);
    request.rebases = {{2, "A. Manager", ""}};
    EXPECT_NE(control_chart(request).problem().says.find("reason"), std::string::npos);
    request.rebases = {{0, "A. Manager", "because"}};
    EXPECT_FALSE(control_chart(request).ok());
    request.rebases = {{4, "A. Manager", "because"}};
    EXPECT_FALSE(control_chart(request).ok());
    request.rebases = {{3, "A. Manager", "because"}, {2, "A. Manager", "because"}};
    EXPECT_FALSE(control_chart(request).ok());
}

TEST(ControlChart, says_whether_a_target_is_met_always_never_or_by_chance) {
    ChartRequest request{.values = {9, 11, 9, 11}, .target = 20.0};
    EXPECT_EQ(charted(request).assurance, Assurance::fail);
    request.improvement = Improvement::decrease;
    EXPECT_EQ(charted(request).assurance, Assurance::pass);
    request.target = 10;
    EXPECT_EQ(charted(request).assurance, Assurance::inconsistent);
    EXPECT_EQ(assurance_icon(Assurance::inconsistent).letter, "?");
    request.improvement = Improvement::neutral;
    EXPECT_FALSE(charted(request).assurance);
}

TEST(ControlChart, of_equal_values_has_limits_where_the_values_are) {
    const auto chart = charted({.values = std::vector<double>(8, 0.1)});
    EXPECT_EQ(chart.groups[0].limits->lower, 0.1);
    EXPECT_EQ(chart.count_of(0, PointType::common), 8U);
}

TEST(ControlChart, refuses_nothing_to_chart) {
    EXPECT_FALSE(control_chart({}).ok());
    EXPECT_FALSE(control_chart({.values = {1, std::nan(""), 2}}).ok());
    EXPECT_FALSE(control_chart({.values = {1, 2, 3}, .fix_after = 1}).ok());
    EXPECT_FALSE(charted({.values = {5}}).groups[0].limits);
}

std::vector<FunnelGroup> groups_apart(double apart) {
    std::vector<FunnelGroup> groups;
    for (int i = 0; i < 12; ++i) {
        groups.push_back({"P" + std::to_string(i), 100 + (i % 2 == 0 ? apart : -apart), 100});
    }
    return groups;
}

TEST(DispersedFunnel, widens_limits_where_groups_differ_by_more_than_chance) {
    const auto spread = funnel(groups_apart(40), {.kind = FunnelKind::ratio_cqc});
    ASSERT_TRUE(spread.ok());
    EXPECT_GT(spread->phi, 1);
    EXPECT_TRUE(spread->dispersion_used);
    EXPECT_LT(spread->groups[0].dispersed_998.lower, spread->groups[0].chance_998.lower);
    EXPECT_FALSE(spread->groups[0].outlier);
    const auto chance_alone =
        funnel(groups_apart(40), {.kind = FunnelKind::ratio_cqc, .allow_for_dispersion = false});
    EXPECT_TRUE(chance_alone->groups[0].outlier);
}

TEST(DispersedFunnel, keeps_to_chance_where_groups_differ_by_less) {
    const auto narrow = funnel(groups_apart(2), {.kind = FunnelKind::ratio_shmi});
    ASSERT_TRUE(narrow.ok());
    EXPECT_LT(narrow->phi, 1);
    EXPECT_EQ(narrow->tau_squared, 0);
    EXPECT_FALSE(narrow->dispersion_used);
}

TEST(DispersedFunnel, leaves_a_group_without_events_out_of_the_spread) {
    auto groups = groups_apart(2);
    groups[3].numerator = 0;
    const auto made = funnel(groups, {.kind = FunnelKind::ratio_shmi});
    ASSERT_TRUE(made.ok()) << made.problem().says;
    EXPECT_FALSE(made->groups[3].z_kept);
    EXPECT_TRUE(made->groups[3].outlier);
    for (int i = 0; i < 8; ++i) groups[static_cast<std::size_t>(i)].numerator = 0;
    EXPECT_FALSE(funnel(groups, {.kind = FunnelKind::ratio_shmi}).ok());
}

TEST(DispersedFunnel, adds_up_rows_of_one_group_and_refuses_what_cannot_be) {
    const std::vector<FunnelGroup> rows{{"A", 5, 10}, {"B", 6, 10}, {"A", 3, 10}};
    const auto made = funnel(rows, {.kind = FunnelKind::proportion});
    ASSERT_TRUE(made.ok());
    ASSERT_EQ(made->groups.size(), 2U);
    EXPECT_DOUBLE_EQ(made->groups[0].ratio, 0.4);
    EXPECT_FALSE(funnel(rows, {.kind = FunnelKind::proportion, .trim = 0.5}).ok());
    EXPECT_FALSE(funnel(std::span(rows).first(1), {.kind = FunnelKind::proportion}).ok());
    const std::vector<FunnelGroup> over{{"A", 11, 10}, {"B", 6, 10}};
    EXPECT_FALSE(funnel(over, {.kind = FunnelKind::proportion}).ok());
}

TEST(ProfileFunnel, closes_towards_its_average) {
    const std::vector<FunnelPoint> points{{50, 100.0, {}}, {500, 1000.0, {}}};
    const auto chart = profile_funnel(points, FunnelOf::proportion, {.multiplier = 100});
    ASSERT_TRUE(chart.ok());
    EXPECT_DOUBLE_EQ(*chart->baseline, 50);
    EXPECT_EQ(chart->places.size(), 100U);
    EXPECT_LT(chart->places.back().upper_3s, chart->places[50].upper_3s);
}

TEST(ProfileFunnel, refuses_points_without_a_denominator) {
    const std::vector<FunnelPoint> none{{50, {}, {}}, {500, 1000.0, {}}};
    EXPECT_NE(profile_funnel(none, FunnelOf::crude_rate, {}).problem().says.find("point 1"),
              std::string::npos);
    const std::vector<FunnelPoint> eventless{{0, 10.0, {}}, {0, 1000.0, {}}};
    EXPECT_FALSE(profile_funnel(eventless, FunnelOf::proportion, {}).ok());
}

TEST(FunnelSignificance, tells_high_from_low) {
    const std::vector<FunnelPoint> points{{150, 100.0, {}}, {100, 100.0, {}}, {60, 100.0, {}}};
    const auto found = funnel_significance(points, FunnelOf::count_ratio, {});
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(*found,
              (std::vector{Significance::high_3s, Significance::none, Significance::low_3s}));
}

}  // namespace
}  // namespace purse
