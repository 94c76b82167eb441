// What must be true of comparisons of practices, whatever the figures.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "benchmarking/practice_funnel.hpp"
#include "benchmarking/price_per_unit.hpp"

namespace purse {
namespace {

PracticeCode practice(int number) { return PracticeCode("X" + std::to_string(90000 + number)); }

// Twelve months of practices that differ by chance alone.
StandardisedCounts by_chance(std::mt19937& generator, int practices) {
    StandardisedCounts counts;
    for (int month = 0; month < 12; ++month) counts.months.push_back(Month(2017, 4) + month);
    for (int i = 0; i < practices; ++i) {
        const double expected = 5 + 3.0 * (i % 40);
        std::poisson_distribution<int> chance(expected);
        PracticeSeries series;
        series.practice = practice(i);
        series.patients.assign(12, 6000);
        series.measures.resize(1);
        for (int month = 0; month < 12; ++month) {
            series.measures[0].push_back({chance(generator), expected});
        }
        counts.practices.push_back(std::move(series));
    }
    return counts;
}

double share_outside(Dispersion dispersion) {
    std::mt19937 generator(2018);
    ComparisonRules rules;
    rules.dispersion = dispersion;
    std::size_t outside = 0, all = 0;
    for (int commissioner = 0; commissioner < 200; ++commissioner) {
        const auto made = practice_funnel(by_chance(generator, 200), 0, rules);
        outside += made.count_of(Standing::above) + made.count_of(Standing::below);
        all += made.positions.size();
    }
    return static_cast<double>(outside) / static_cast<double>(all);
}

// 0.2% of 40,000 practices are 80; four standard deviations of that are 36.
TEST(FunnelLaws, chance_alone_puts_two_in_a_thousand_outside_the_limits_of_chance) {
    EXPECT_NEAR(share_outside(Dispersion::none), 0.002, 0.0009);
}

TEST(FunnelLaws, an_allowance_puts_no_more_of_them_outside) {
    EXPECT_LT(share_outside(Dispersion::truncated), 0.003);
    EXPECT_LT(share_outside(Dispersion::winsorised), 0.003);
}

// Any lists and counts of a few practices, in three months.
CountingInput any_input() {
    CountingInput input;
    input.measures = 2;
    input.bands = {{0, 17}, {18, 64}, {65, oldest_age}};
    input.months = {Month(2017, 4), Month(2017, 5), Month(2017, 6)};
    const auto number = [](int from, int to) { return *rc::gen::inRange(from, to + 1); };
    const int practices = number(1, 6);
    for (std::size_t month = 0; month < input.months.size(); ++month) {
        MonthLists lists;
        for (int i = 0; i < practices; ++i) {
            if (number(0, 9) == 0) continue;
            ListByBand list;
            for (std::size_t band = 0; band < input.bands.size(); ++band) {
                list.men.emplace_back(number(0, 900));
                list.women.emplace_back(number(0, 900));
            }
            lists[practice(i)] = list;
        }
        input.lists.push_back(std::move(lists));
    }
    const int counts = number(0, 60);
    for (int i = 0; i < counts; ++i) {
        PracticeCount count;
        count.measure = static_cast<std::size_t>(number(0, 1));
        count.month = input.months[static_cast<std::size_t>(number(0, 2))];
        count.practice = practice(number(0, 6));
        count.sex = "MF?"[number(0, 2)];
        if (number(0, 9) > 0) count.age = number(0, 110);
        count.count = number(1, 40);
        input.counts.push_back(count);
    }
    return input;
}

RC_GTEST_PROP(StandardisationLaws, what_is_expected_of_all_is_what_was_counted, ()) {
    const auto made = standardise(any_input());
    for (std::size_t measure = 0; measure < 2; ++measure) {
        for (std::size_t month = 0; month < made.months.size(); ++month) {
            double expected = 0, observed = 0;
            for (const PracticeSeries& series : made.practices) {
                expected += series.measures[measure][month].expected;
                observed += static_cast<double>(series.measures[measure][month].observed);
            }
            RC_ASSERT(std::abs(expected - observed) < 1e-6);
        }
    }
}

RC_GTEST_PROP(StandardisationLaws, no_record_is_lost, ()) {
    const auto input = any_input();
    const auto made = standardise(input);
    std::int64_t in = 0, out = 0;
    for (const PracticeCount& count : input.counts) {
        const auto month = std::ranges::find(input.months, count.month) - input.months.begin();
        if (input.lists[static_cast<std::size_t>(month)].contains(count.practice))
            in += count.count;
    }
    for (const PracticeSeries& series : made.practices) {
        for (const auto& months : series.measures) {
            for (const MonthCount& count : months) out += count.observed;
        }
    }
    for (std::size_t measure = 0; measure < 2; ++measure) {
        out += made.without_age_or_sex[measure] + made.without_patients[measure];
    }
    RC_ASSERT(in == out);
}

RC_GTEST_PROP(StandardisationLaws, the_order_of_records_does_not_matter, ()) {
    auto input = any_input();
    const auto before = standardise(input);
    std::ranges::reverse(input.counts);
    const auto after = standardise(input);
    RC_ASSERT(before.practices.size() == after.practices.size());
    for (std::size_t i = 0; i < before.practices.size(); ++i) {
        for (std::size_t measure = 0; measure < 2; ++measure) {
            for (std::size_t month = 0; month < before.months.size(); ++month) {
                const MonthCount& a = before.practices[i].measures[measure][month];
                const MonthCount& b = after.practices[i].measures[measure][month];
                RC_ASSERT(a.observed == b.observed);
                RC_ASSERT(a.expected == b.expected);
            }
        }
    }
}

// Other codes for the same practices move nobody.
TEST(FunnelLaws, who_comes_first_does_not_matter) {
    std::mt19937 generator(7);
    StandardisedCounts counts = by_chance(generator, 40);
    const auto before = practice_funnel(counts, 0, {});
    std::ranges::reverse(counts.practices);
    for (std::size_t i = 0; i < 40; ++i) {
        counts.practices[i].practice = practice(static_cast<int>(i));
    }
    const auto after = practice_funnel(counts, 0, {});
    for (std::size_t i = 0; i < 40; ++i) {
        EXPECT_EQ(before.positions[i].standing, after.positions[39 - i].standing);
        EXPECT_NEAR(before.positions[i].limits_998->upper,
                    after.positions[39 - i].limits_998->upper, 1e-9);
    }
}

RC_GTEST_PROP(PriceLaws, savings_add_up_are_never_below_nothing_and_the_target_saves_none, ()) {
    const auto number = [](int from, int to) { return *rc::gen::inRange(from, to + 1); };
    std::vector<PrescribedMedicine> medicines;
    const int count = number(0, 80);
    for (int i = 0; i < count; ++i) {
        const std::string product = number(0, 1) == 0 ? "AA" : "BB";
        const std::string strength = number(0, 1) == 0 ? "AB" : "AC";
        medicines.push_back({practice(number(0, 12)), "0212000B0" + product + strength + strength,
                             product, number(1, 9), number(-2, 5'000) * 1'000,
                             FinePence(number(-1, 900) * 1'237)});
    }
    PricePerUnitRules rules;
    rules.fewest_practices = 3;
    rules.least_saving = Pence(1);
    const auto found = price_savings(medicines, rules);
    for (const auto& [code, savings] : found) {
        Pence sum;
        for (const PriceSaving& saving : savings.savings) {
            RC_ASSERT(saving.saving >= rules.least_saving);
            RC_ASSERT(saving.saving <= rounded(saving.cost, Rounding::up));
            sum += saving.saving;
        }
        RC_ASSERT(sum == savings.total);
    }
    std::ranges::reverse(medicines);
    const auto again = price_savings(medicines, rules);
    for (const auto& [code, savings] : found) RC_ASSERT(savings.total == again.at(code).total);
}

}  // namespace
}  // namespace purse
