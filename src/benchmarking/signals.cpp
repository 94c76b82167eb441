#include "benchmarking/signals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "benchmarking/benchmark_reports.hpp"
#include "statistics/distributions.hpp"

namespace purse {

namespace {

int side_of(Standing standing) {
    return standing == Standing::above ? 1 : standing == Standing::below ? -1 : 0;
}

// The counts without their last month.
StandardisedCounts a_month_before(StandardisedCounts counts) {
    counts.months.pop_back();
    for (PracticeSeries& series : counts.practices) {
        series.patients.pop_back();
        for (auto& months : series.measures) months.pop_back();
    }
    return counts;
}

// The run's mean against that of the other months under its limits, in standard deviations.
double p_of(const PracticeChart& chart, const SpecialRun& run) {
    const ChartPoint& last = chart.months[run.last].point;
    const ChartGroup& group = chart.chart.groups[last.group];
    double of_run = 0, of_others = 0;
    std::size_t others = 0;
    for (std::size_t i = group.from; i <= group.last(); ++i) {
        const bool inside = i >= run.first && i <= run.last;
        (inside ? of_run : of_others) += chart.months[i].index;
        if (!inside) ++others;
    }
    const auto length = static_cast<double>(run.last - run.first + 1);
    if (!group.limits || others < 2) return 1;
    const double sigma = (group.limits->upper - group.mean) / 3;
    if (sigma <= 0) return 1;
    const auto rest = static_cast<double>(others);
    const double off = of_run / length - of_others / rest;
    return normal_two_sided(off / (sigma * std::sqrt(1 / length + 1 / rest)));
}

std::optional<Signal> of_chart(const StandardisedCounts& counts, PracticeCode practice,
                               std::size_t place, const Measure& measure,
                               const std::vector<ChartRebase>& rebases,
                               const ComparisonRules& rules, bool& tested) {
    const PracticeChart now = practice_chart(counts, practice, place, rebases, measure, rules);
    tested = now.why.empty();
    const SpecialRun* run = now.latest_run();
    if (run == nullptr || now.months.back().month != counts.months.back()) return std::nullopt;
    const PracticeChart then =
        practice_chart(counts, practice, place, rebases, measure, rules, counts.months.back() - 1);
    const SpecialRun* before = then.latest_run();
    if (before != nullptr && before->side == run->side) return std::nullopt;
    Signal signal;
    signal.practice = practice;
    signal.measure = place;
    signal.seen_by = SeenBy::chart;
    signal.side = run->side;
    signal.since = now.months[run->first].month;
    signal.p = p_of(now, *run);
    signal.says = now.says;
    return signal;
}

std::optional<Signal> of_funnel(const PracticeFunnel& now, const PracticeFunnel* before,
                                const PracticePosition& position, std::size_t place,
                                const Measure& measure) {
    const int side = side_of(position.standing);
    if (side == 0) return std::nullopt;
    const PracticePosition* then = before == nullptr ? nullptr : before->find(position.practice);
    if (then != nullptr && side_of(then->standing) == side) return std::nullopt;
    Signal signal;
    signal.practice = position.practice;
    signal.measure = place;
    signal.seen_by = SeenBy::funnel;
    signal.side = side;
    signal.since = now.to;
    signal.p = normal_two_sided(position.z);
    signal.says = standing_sentence(measure, position, now.reference_rate);
    return signal;
}

}  // namespace

std::string_view to_text(SeenBy seen_by) { return seen_by == SeenBy::funnel ? "funnel" : "chart"; }

std::vector<Signal> few_of(std::vector<Signal> found, std::size_t tests, double rate) {
    std::vector<double> sorted;
    for (const Signal& signal : found) sorted.push_back(signal.p);
    std::ranges::sort(sorted);
    double most = -1;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double allowed = rate * static_cast<double>(i + 1) / static_cast<double>(tests);
        if (sorted[i] <= allowed) most = sorted[i];
    }
    std::erase_if(found, [&](const Signal& signal) { return signal.p > most; });
    return found;
}

std::vector<Signal> signals(const StandardisedCounts& counts, const Measures& measures,
                            const RebasesOf& rebases, const ComparisonRules& rules) {
    const bool has_before = counts.months.size() > 1;
    const StandardisedCounts earlier = has_before ? a_month_before(counts) : StandardisedCounts{};
    std::vector<PracticeFunnel> now, before;
    for (std::size_t place = 0; place < measures.all.size(); ++place) {
        now.push_back(practice_funnel(counts, place, rules));
        if (has_before) before.push_back(practice_funnel(earlier, place, rules));
    }
    std::vector<Signal> found;
    std::size_t tests = 0;
    for (const PracticeSeries& series : counts.practices) {
        for (std::size_t place = 0; place < measures.all.size(); ++place) {
            const Measure& measure = measures.all[place];
            const PracticePosition* position = now[place].find(series.practice);
            if (position != nullptr && position->standing != Standing::cannot_tell) {
                ++tests;
                auto signal = of_funnel(now[place], has_before ? &before[place] : nullptr,
                                        *position, place, measure);
                if (signal) found.push_back(std::move(*signal));
            }
            bool tested = false;
            auto signal = of_chart(counts, series.practice, place, measure,
                                   rebases(series.practice, measure.code), rules, tested);
            if (tested) ++tests;
            if (signal) found.push_back(std::move(*signal));
        }
    }
    return few_of(std::move(found), std::max<std::size_t>(tests, 1), rules.false_discovery);
}

}  // namespace purse
