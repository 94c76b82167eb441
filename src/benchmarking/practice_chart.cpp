#include "benchmarking/practice_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace purse {

namespace {

int side_of(const ChartPoint& point) {
    switch (point.cause) {
        case SpecialCause::none:
            return 0;
        case SpecialCause::above_limit:
        case SpecialCause::rising_trend:
        case SpecialCause::two_of_three_above:
        case SpecialCause::shift_above:
            return 1;
        case SpecialCause::below_limit:
        case SpecialCause::falling_trend:
        case SpecialCause::two_of_three_below:
        case SpecialCause::shift_below:
            break;
    }
    return -1;
}

std::vector<ChartMonth> months_of(const StandardisedCounts& counts, const PracticeSeries& series,
                                  std::size_t measure, const ComparisonRules& rules,
                                  std::optional<Month> up_to) {
    std::vector<ChartMonth> months;
    for (std::size_t i = 0; i < counts.months.size(); ++i) {
        if (up_to && counts.months[i] > *up_to) break;
        const MonthCount& count = series.measures[measure][i];
        // Without a list, or where nobody had any record of it: no data of the month.
        if (series.patients[i] <= 0 || count.expected <= 0) continue;
        ChartMonth month;
        month.month = counts.months[i];
        month.count = count;
        month.index = 100 * static_cast<double>(count.observed) / count.expected;
        months.push_back(month);
    }
    const auto most = static_cast<std::size_t>(rules.most_chart_months);
    if (months.size() > most) {
        months.erase(months.begin(), months.end() - static_cast<std::ptrdiff_t>(most));
    }
    return months;
}

void add_deciles(const StandardisedCounts& counts, std::size_t measure,
                 const ComparisonRules& rules, std::vector<ChartMonth>& months) {
    for (ChartMonth& month : months) {
        const auto found = std::ranges::find(counts.months, month.month);
        const auto at = static_cast<std::size_t>(found - counts.months.begin());
        std::vector<double> indices;
        for (const PracticeSeries& series : counts.practices) {
            const MonthCount& count = series.measures[measure][at];
            if (count.expected < rules.fewest_expected_a_month) continue;
            indices.push_back(100 * static_cast<double>(count.observed) / count.expected);
        }
        if (indices.size() < rules.fewest_practices) continue;
        if (auto deciles = deciles_of(indices)) month.deciles = *deciles;
    }
}

std::string too_little(const std::vector<ChartMonth>& months, const ComparisonRules& rules) {
    if (months.size() < rules.fewest_chart_months) {
        return fmt::format("{} months are closed: limits are drawn from {} or more", months.size(),
                           rules.fewest_chart_months);
    }
    double expected = 0;
    for (const ChartMonth& month : months) expected += month.count.expected;
    if (expected < rules.fewest_expected_a_month * static_cast<double>(months.size())) {
        return fmt::format(
            "fewer than {} would be expected in a month: by month there is only "
            "chance to see",
            rules.fewest_expected_a_month);
    }
    return {};
}

ChartRequest request_of(const PracticeChart& chart, const ComparisonRules& rules) {
    ChartRequest request;
    request.improvement = Improvement::neutral;
    for (const ChartMonth& month : chart.months) request.values.push_back(month.index);
    if (rules.limits_from_first > 0) request.fix_after = rules.limits_from_first;
    for (const ChartRebase& rebase : chart.rebases) {
        const auto from = std::ranges::find(chart.months, rebase.from, &ChartMonth::month);
        request.rebases.push_back(
            {static_cast<std::size_t>(from - chart.months.begin()), rebase.person, rebase.reason});
    }
    return request;
}

// A later rebase of a month is in place of the earlier one; the first month begins anyway.
std::vector<ChartRebase> those_of(const std::vector<ChartMonth>& months,
                                  const std::vector<ChartRebase>& rebases) {
    std::vector<ChartRebase> found;
    for (std::size_t i = 1; i < months.size(); ++i) {
        const ChartRebase* last = nullptr;
        for (const ChartRebase& rebase : rebases) {
            if (rebase.from == months[i].month) last = &rebase;
        }
        if (last != nullptr) found.push_back(*last);
    }
    return found;
}

std::vector<SpecialRun> runs_of(const std::vector<ChartMonth>& months) {
    std::vector<SpecialRun> runs;
    for (std::size_t i = 0; i < months.size(); ++i) {
        const int side = side_of(months[i].point);
        if (side == 0) continue;
        const bool goes_on = !runs.empty() && runs.back().last + 1 == i &&
                             runs.back().side == side &&
                             months[i].point.group == months[i - 1].point.group;
        if (goes_on) {
            runs.back().last = i;
        } else {
            runs.push_back({i, i, side, 0});
        }
    }
    for (SpecialRun& run : runs) {
        double observed = 0, expected = 0;
        for (std::size_t i = run.first; i <= run.last; ++i) {
            observed += static_cast<double>(months[i].count.observed);
            expected += months[i].count.expected;
        }
        run.mean = 100 * observed / expected;
    }
    return runs;
}

std::string sentence_of(const PracticeChart& chart, const Measure& about) {
    if (!chart.why.empty()) return fmt::format("{}: {}.", about.name, chart.why);
    const ChartMonth& last = chart.months.back();
    const SpecialRun* run = chart.latest_run();
    if (run == nullptr) {
        return fmt::format(
            "{}: {} is within what its months differ by anyway: {:.0f} for every 100 expected; "
            "its months lie between {:.0f} and {:.0f}.",
            about.name, in_words(last.month), last.index,
            last.limits ? std::max(0.0, last.limits->lower) : last.index,
            last.limits ? last.limits->upper : last.index);
    }
    const Month since = chart.months[run->first].month;
    const std::string when =
        run->first == run->last ? "in " + in_words(since) : "since " + in_words(since);
    return fmt::format(
        "{}: {} {} than in its months before by more than they differ by anyway: "
        "{:.0f} for every 100 expected, where its mean is {:.0f}.",
        about.name, when, run->side > 0 ? "higher" : "lower", run->mean, last.mean);
}

}  // namespace

const SpecialRun* PracticeChart::latest_run() const {
    if (runs.empty() || runs.back().last + 1 != months.size()) return nullptr;
    return &runs.back();
}

PracticeChart practice_chart(const StandardisedCounts& counts, PracticeCode practice,
                             std::size_t measure, const std::vector<ChartRebase>& rebases,
                             const Measure& about, const ComparisonRules& rules,
                             std::optional<Month> up_to) {
    PracticeChart made;
    if (const PracticeSeries* series = counts.find(practice)) {
        made.months = months_of(counts, *series, measure, rules, up_to);
    }
    made.why = too_little(made.months, rules);
    add_deciles(counts, measure, rules, made.months);
    if (made.why.empty()) {
        made.rebases = those_of(made.months, rebases);
        auto chart = control_chart(request_of(made, rules));
        if (!chart) {
            made.why = chart.problem().says;
        } else {
            made.chart = std::move(*chart);
            for (std::size_t i = 0; i < made.months.size(); ++i) {
                made.months[i].point = made.chart.points[i];
                const ChartGroup& group = made.chart.groups[made.chart.points[i].group];
                made.months[i].mean = group.mean;
                made.months[i].limits = group.limits;
            }
            made.runs = runs_of(made.months);
        }
    }
    made.says = sentence_of(made, about);
    return made;
}

}  // namespace purse
