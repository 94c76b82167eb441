// What leaves through the gate: no small count, and nothing that tells one hidden count from
// another.
#include "api/benchmark_pages.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
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

TEST(GatedMeasure, shows_no_small_count_and_rounds_the_others) {
    const DisclosurePolicy policy;
    std::mt19937 generator(3);
    std::uniform_int_distribution<int> any(0, 30);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::int64_t> counts;
        for (int i = 0; i < 12; ++i) counts.push_back(any(generator));
        const json::object page =
            json::parse(measure_page(comparison_with(counts), &policy)).as_object();
        const json::array& practices = page.at("practices").as_array();
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const json::value& shown = practices[i].at("observed");
            const bool small = counts[i] >= 1 && counts[i] <= 7;
            if (small) {
                EXPECT_TRUE(shown.is_null()) << counts[i];
                EXPECT_TRUE(practices[i].at("rate").is_null());
            } else if (shown.is_int64()) {
                EXPECT_EQ(shown.as_int64() % policy.round_to, 0);
            }
            EXPECT_TRUE(practices[i].at("rate_95").is_null());
        }
        EXPECT_TRUE(page.contains("gate_says"));
    }
}

// Two hidden counts change places with their neighbours: the page is the same, byte for byte.
TEST(GatedMeasure, is_the_same_whichever_small_count_is_behind_it) {
    const DisclosurePolicy policy;
    const auto page = [&](std::int64_t first, std::int64_t second) {
        return measure_page(
            comparison_with({first, second, 12, 18, 22, 30, 41, 13, 16, 19, 25, 28}), &policy);
    };
    const std::string one = page(2, 6);
    for (const auto& [first, second] :
         std::vector<std::pair<int, int>>{{3, 5}, {4, 4}, {6, 2}, {1, 7}}) {
        EXPECT_EQ(page(first, second), one) << first << " and " << second;
    }
    EXPECT_NE(measure_page(comparison_with({2, 6, 12}), nullptr),
              measure_page(comparison_with({3, 5, 12}), nullptr));
}

}  // namespace
}  // namespace purse
