// What leaves through the gate: no small count, and nothing that tells one hidden count from
// another.
#include "api/benchmark_pages.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <numeric>
#include <random>

namespace purse {
namespace {

namespace json = boost::json;

MeasureComparison comparison_with(const std::vector<std::int64_t>& counts) {
    MeasureComparison made;
    made.heading.month = Month(2018, 3);
    made.heading.from = Month(2017, 4);
    made.measure.code = "rare";
    made.measure.name = "Rare things";
    made.funnel.from = Month(2017, 4);
    made.funnel.to = Month(2018, 3);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        PracticePosition position;
        position.practice = PracticeCode("X" + std::to_string(90000 + i));
        position.observed = counts[i];
        position.expected = 20;
        position.patient_years = 6000;
        position.rate = static_cast<double>(counts[i]) / 6;
        position.limits_998 = Interval{0.5, 1.5};
        position.standing = Standing::within;
        made.funnel.observed += counts[i];
        made.funnel.patient_years += position.patient_years;
        made.funnel.positions.push_back(position);
        made.names.emplace_back("A practice");
    }
    made.funnel.reference_rate =
        1000 * static_cast<double>(made.funnel.observed) / made.funnel.patient_years;
    made.says = "in words";
    return made;
}

// The counts of the others in a funnel, as the practice of the first one is shown them.
std::vector<std::optional<std::int64_t>> counts_seen_by_the_first(
    const std::vector<std::int64_t>& counts) {
    const DisclosurePolicy policy;
    Benchmarks all{.likeness = Likeness({}, {})};
    PracticeMeasure report;
    report.comparison = comparison_with(counts);
    all.measures.all.push_back(report.comparison.measure);
    report.standing.practice = report.comparison.funnel.positions.front().practice;
    report.standing.measures.emplace_back();
    report.chart.heading = report.standing.heading = report.comparison.heading;
    const json::object page =
        json::parse(practice_measure_page(report, all, policy, true)).as_object();
    std::vector<std::optional<std::int64_t>> seen;
    for (const json::value& point : page.at("funnel").as_array()) {
        const json::value& rate = point.at("rate");
        seen.push_back(rate.is_null()
                           ? std::nullopt
                           : std::optional(std::llround(rate.to_number<double>() * 20 /
                                                        report.comparison.funnel.reference_rate)));
    }
    return seen;
}

// How many values each small count can have, for who knows the exact sum (from the summary's
// pounds) and the first count: fewest over all.
std::int64_t fewest_values(const std::vector<std::int64_t>& counts,
                           const std::vector<std::optional<std::int64_t>>& seen) {
    std::int64_t hidden = 0, least_shown = counts[0], most_shown = counts[0];
    std::vector<std::int64_t> most_of_hidden;
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (seen[i]) {
            least_shown += *seen[i] == 0 ? 0 : std::max<std::int64_t>(8, *seen[i] - 2);
            most_shown += *seen[i] == 0 ? 0 : *seen[i] + 2;
        } else {
            hidden += counts[i];
            most_of_hidden.push_back(counts[i] <= 7 ? 7 : 100'000);
        }
    }
    const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    const std::int64_t least = sum - most_shown, most = sum - least_shown;
    std::int64_t fewest = 7;
    const std::int64_t most_in_all =
        std::accumulate(most_of_hidden.begin(), most_of_hidden.end(), std::int64_t{0});
    for (const std::int64_t own : most_of_hidden) {
        if (own != 7) continue;
        const auto others = static_cast<std::int64_t>(most_of_hidden.size()) - 1;
        const std::int64_t from = std::max<std::int64_t>(1, least - (most_in_all - own));
        const std::int64_t to = std::min<std::int64_t>(7, most - others);
        fewest = std::min(fewest, to - from + 1);
    }
    return fewest;
}

TEST(GatedMeasure, shows_a_practice_the_others_without_small_counts_or_a_way_to_them) {
    std::mt19937 generator(3);
    std::uniform_int_distribution<int> any(0, 30);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::int64_t> counts;
        for (int i = 0; i < 12; ++i) counts.push_back(any(generator));
        const auto seen = counts_seen_by_the_first(counts);
        ASSERT_EQ(seen.size(), counts.size());
        for (std::size_t i = 1; i < counts.size(); ++i) {
            if (counts[i] >= 1 && counts[i] <= 7) {
                EXPECT_FALSE(seen[i]) << counts[i];
            } else if (seen[i]) {
                EXPECT_EQ(*seen[i] % 5, 0);
            }
        }
        EXPECT_GE(fewest_values(counts, seen), 3) << json::serialize(json::value_from(counts));
    }
}

TEST(GatedMeasure, shows_how_practices_stand_and_no_counts_to_who_may_not_see_small_ones) {
    const DisclosurePolicy policy;
    const json::object page =
        json::parse(measure_page(comparison_with({2, 6, 12, 40}), &policy)).as_object();
    for (const json::value& practice : page.at("practices").as_array()) {
        for (const char* part :
             {"observed", "expected", "rate", "rate_95", "limits_95", "limits_998"}) {
            EXPECT_TRUE(practice.at(part).is_null()) << part;
        }
        EXPECT_EQ(practice.at("standing").as_string(), "within");
    }
    for (const char* part : {"observed", "reference_rate"}) EXPECT_TRUE(page.at(part).is_null());
    EXPECT_TRUE(page.contains("gate_says"));
    EXPECT_NE(measure_page(comparison_with({2, 6, 12}), nullptr),
              measure_page(comparison_with({3, 5, 12}), nullptr));
}

}  // namespace
}  // namespace purse
