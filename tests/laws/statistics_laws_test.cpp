// What holds of statistics whatever the numbers: intervals stay where they belong, funnels close,
// order does not matter, and shifting a series shifts its chart and nothing else.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "statistics/chain_ladder.hpp"
#include "statistics/control_chart.hpp"
#include "statistics/funnel.hpp"
#include "statistics/profile_funnel.hpp"
#include "statistics/proportion.hpp"
#include "statistics/quantiles.hpp"
#include "statistics/standardised_rate.hpp"

namespace purse {
namespace {

int within(int least, int most) { return *rc::gen::inRange(least, most + 1); }

Confidence some_confidence() {
    return *Confidence::of(*rc::gen::element(0.6, 0.9, 0.95, 0.99, 0.998, 0.99999));
}

template <class T>
std::vector<T> shuffled(std::vector<T> all) {
    std::shuffle(all.begin(), all.end(), std::mt19937(static_cast<unsigned>(within(0, 1'000'000))));
    return all;
}

TEST(StatisticsLaws, wilsons_interval_holds_the_share_and_lies_within_0_and_1) {
    EXPECT_TRUE(rc::check([] {
        const double total = within(1, 50'000);
        const double count = within(0, static_cast<int>(total));
        const auto share = proportion(count, total, 1, some_confidence());
        RC_ASSERT(share.ok());
        RC_ASSERT(share->interval.lower >= 0 && share->interval.upper <= 1);
        RC_ASSERT(share->interval.lower <= share->value && share->value <= share->interval.upper);
    }));
}

TEST(StatisticsLaws, wilsons_interval_of_those_missed_is_the_mirror_image) {
    EXPECT_TRUE(rc::check([] {
        const double total = within(1, 5'000);
        const double count = within(0, static_cast<int>(total));
        const Confidence confidence = some_confidence();
        const Interval counted = wilson_interval(count, total, confidence);
        const Interval missed = wilson_interval(total - count, total, confidence);
        RC_ASSERT(std::abs(counted.lower - (1 - missed.upper)) < 1e-12);
    }));
}

TEST(StatisticsLaws, more_confidence_never_narrows_a_rates_interval) {
    EXPECT_TRUE(rc::check([] {
        const double events = within(0, 3'000);
        const auto narrow = crude_rate(events, 10'000, 1000, *Confidence::of(0.9));
        const auto wide = crude_rate(events, 10'000, 1000, *Confidence::of(0.99));
        RC_ASSERT(narrow.ok() && wide.ok());
        RC_ASSERT(wide->interval.lower <= narrow->interval.lower);
        RC_ASSERT(wide->interval.upper >= narrow->interval.upper);
    }));
}

std::vector<FunnelPoint> some_points() {
    std::vector<FunnelPoint> points;
    const int count = within(2, 40);
    for (int i = 0; i < count; ++i) {
        const int total = within(10, 20'000);
        points.push_back({static_cast<double>(within(1, total)), static_cast<double>(total), {}});
    }
    return points;
}

TEST(StatisticsLaws, a_funnels_limits_close_as_the_numbers_grow) {
    EXPECT_TRUE(rc::check([] {
        const auto of = *rc::gen::element(FunnelOf::proportion, FunnelOf::crude_rate,
                                          FunnelOf::count_ratio, FunnelOf::standardised_ratio);
        const auto chart = profile_funnel(some_points(), of, {.multiplier = 100});
        RC_ASSERT(chart.ok());
        for (std::size_t i = 1; i < chart->places.size(); ++i) {
            const FunnelPlace& before = chart->places[i - 1];
            const FunnelPlace& after = chart->places[i];
            RC_ASSERT(after.at > before.at);
            RC_ASSERT(after.lower_3s >= before.lower_3s && after.lower_2s >= before.lower_2s);
            RC_ASSERT(after.upper_3s <= before.upper_3s && after.upper_2s <= before.upper_2s);
            RC_ASSERT(after.lower_3s <= after.lower_2s && after.upper_2s <= after.upper_3s);
        }
    }));
}

std::vector<FunnelGroup> some_groups() {
    std::vector<FunnelGroup> groups;
    const int count = within(12, 60);
    for (int i = 0; i < count; ++i) {
        const int size = within(20, 2'000);
        groups.push_back({"P" + std::to_string(i), static_cast<double>(within(1, size)),
                          static_cast<double>(size)});
    }
    return groups;
}

TEST(StatisticsLaws, a_funnel_does_not_hang_on_the_order_of_its_groups) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<FunnelGroup> groups = some_groups();
        const FunnelRequest request{
            .kind = *rc::gen::element(FunnelKind::ratio_shmi, FunnelKind::ratio_cqc,
                                      FunnelKind::proportion, FunnelKind::count_ratio)};
        const auto one = funnel(groups, request);
        const auto other = funnel(shuffled(groups), request);
        RC_ASSERT(one.ok() && other.ok());
        RC_ASSERT(std::abs(one->phi - other->phi) <= 1e-9 * one->phi);
        RC_ASSERT(std::abs(one->tau_squared - other->tau_squared) <= 1e-9 * (1 + one->tau_squared));
    }));
}

TEST(StatisticsLaws, allowing_for_dispersion_never_narrows_a_groups_limits) {
    EXPECT_TRUE(rc::check([] {
        const auto kind = *rc::gen::element(FunnelKind::proportion, FunnelKind::count_ratio);
        const auto made = funnel(some_groups(), {.kind = kind});
        RC_ASSERT(made.ok());
        for (const FunnelGroupResult& group : made->groups) {
            RC_ASSERT(group.dispersed_998.lower <= group.chance_998.lower + 1e-12);
            RC_ASSERT(group.dispersed_998.upper >= group.chance_998.upper - 1e-12);
        }
    }));
}

TEST(StatisticsLaws, a_standardised_rate_does_not_hang_on_the_order_of_its_bands) {
    EXPECT_TRUE(rc::check([] {
        std::vector<StandardisedBand> bands;
        const int count = within(1, 20);
        for (int i = 0; i < count; ++i) {
            bands.push_back(band_of(within(10, 500), within(500, 9'000), within(1, 9'000)));
        }
        const auto one = directly_standardised_rate(bands, 1000, Confidence::of_95());
        const auto other = directly_standardised_rate(shuffled(bands), 1000, Confidence::of_95());
        RC_ASSERT(one.ok() && other.ok() && one->rate && other->rate);
        RC_ASSERT(std::abs(one->rate->value - other->rate->value) <= 1e-9 * one->rate->value);
        RC_ASSERT(one->rate->interval.lower <= one->rate->value);
        RC_ASSERT(one->rate->interval.upper >= one->rate->value);
    }));
}

// Whole numbers and a whole shift, so that no sum is rounded.
TEST(StatisticsLaws, shifting_a_series_shifts_its_chart_and_changes_no_finding) {
    EXPECT_TRUE(rc::check([] {
        ChartRequest request;
        const int count = within(2, 40);
        for (int i = 0; i < count; ++i) request.values.push_back(16 * within(0, 60));
        request.screen_outliers = *rc::gen::arbitrary<bool>();
        const auto one = control_chart(request);
        const int shift = 1 << within(0, 8);
        for (double& value : request.values) value += shift;
        const auto other = control_chart(request);
        RC_ASSERT(one.ok() && other.ok());
        RC_ASSERT(std::abs(other->groups[0].limits->upper - shift - one->groups[0].limits->upper) <
                  1e-9);
        for (std::size_t i = 0; i < one->points.size(); ++i) {
            RC_ASSERT(other->points[i].side == one->points[i].side);
            RC_ASSERT(other->points[i].cause == one->points[i].cause);
        }
    }));
}

TEST(StatisticsLaws, turning_a_series_over_turns_improvement_into_concern) {
    EXPECT_TRUE(rc::check([] {
        ChartRequest request;
        const int count = within(2, 40);
        for (int i = 0; i < count; ++i) request.values.push_back(within(-30, 30));
        const auto one = control_chart(request);
        for (double& value : request.values) value = -value;
        const auto other = control_chart(request);
        RC_ASSERT(one.ok() && other.ok());
        RC_ASSERT(one->count_of(0, PointType::improvement) ==
                  other->count_of(0, PointType::concern));
        RC_ASSERT(one->count_of(0, PointType::common) == other->count_of(0, PointType::common));
    }));
}

TEST(StatisticsLaws, deciles_rise_within_the_values_and_turn_over_with_them) {
    EXPECT_TRUE(rc::check([] {
        std::vector<double> values;
        const int count = within(1, 60);
        for (int i = 0; i < count; ++i) values.push_back(within(-1'000, 1'000));
        const auto deciles = deciles_of(values);
        const auto reordered = deciles_of(shuffled(values));
        RC_ASSERT(deciles.ok() && reordered.ok());
        RC_ASSERT(*deciles == *reordered);
        RC_ASSERT(std::is_sorted(deciles->begin(), deciles->end()));
        RC_ASSERT(deciles->front() >= *std::min_element(values.begin(), values.end()));
        RC_ASSERT(deciles->back() <= *std::max_element(values.begin(), values.end()));
        double sum = 0;
        for (const double decile : *deciles) sum += decile;
        for (double& value : values) value = -value;
        const auto turned = deciles_of(values);
        RC_ASSERT(turned.ok());
        double turned_sum = 0;
        for (const double decile : *turned) turned_sum += decile;
        RC_ASSERT(std::abs(sum + turned_sum) < 1e-6);
    }));
}

TEST(StatisticsLaws, quantile_groups_hold_every_value_once_in_order) {
    EXPECT_TRUE(rc::check([] {
        std::vector<std::optional<double>> values;
        const int count = within(10, 200);
        for (int i = 0; i < count; ++i) values.push_back(within(0, 500));
        const auto groups = quantile_groups(values, 10, GroupOne::lowest);
        RC_ASSERT(groups.ok());
        for (std::size_t i = 0; i < values.size(); ++i) {
            RC_ASSERT((*groups)[i] && *(*groups)[i] >= 1 && *(*groups)[i] <= 10);
            for (std::size_t j = 0; j < values.size(); ++j) {
                if (*values[i] < *values[j]) RC_ASSERT(*(*groups)[i] <= *(*groups)[j]);
            }
        }
    }));
}

TEST(StatisticsLaws, a_chain_ladder_in_another_unit_is_the_same_ladder) {
    EXPECT_TRUE(rc::check([] {
        const auto size = static_cast<std::size_t>(within(3, 9));
        RunOffTriangle triangle;
        for (std::size_t i = 0; i < size; ++i) {
            std::vector<double> row{static_cast<double>(within(100, 1'000))};
            while (row.size() < size - i) row.push_back(row.back() + within(0, 400));
            triangle.push_back(row);
        }
        const auto one = chain_ladder(triangle);
        for (auto& row : triangle) {
            for (double& value : row) value *= 1024;
        }
        const auto other = chain_ladder(triangle);
        RC_ASSERT(one.ok() && other.ok());
        RC_ASSERT(one->outstanding >= 0);
        RC_ASSERT(std::abs(other->outstanding - 1024 * one->outstanding) <=
                  1e-9 * other->outstanding);
        RC_ASSERT(std::abs(other->standard_error - 1024 * one->standard_error) <=
                  1e-6 * (1 + other->standard_error));
    }));
}

}  // namespace
}  // namespace purse
