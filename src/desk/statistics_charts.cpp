// Tables of control charts.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/control_chart.hpp"

namespace purse {

namespace {

struct ChartInput {
    std::vector<std::string> dates;  // in order of time
    ChartRequest request;
};

Result<Improvement> improvement_of(const std::string& text) {
    if (text == "increase") return Improvement::increase;
    if (text == "decrease") return Improvement::decrease;
    if (text == "neutral") return Improvement::neutral;
    return bad_input(fmt::format("'{}' is none of: increase, decrease, neutral", text));
}

// Who moved the limits, and why: columns rebased_by and rebase_reason. A file without these columns
// has a writer who answers for its marks all the same.
Rebase rebase_at(StatisticsCase& one, std::size_t row, std::size_t place) {
    const auto said = [&](std::string_view column, std::string_view otherwise) {
        return one.has(column) ? one.texts(column)[row] : std::string(otherwise);
    };
    return {place, said("rebased_by", "the file's writer"),
            said("rebase_reason", "marked in the file")};
}

Result<ChartInput> chart_input(StatisticsCase& one) {
    const auto dates = one.texts("date");
    const auto values = one.numbers("value");
    const auto marks = one.numbers_or_zero("rebase");
    const auto improvement = improvement_of(one.setting("improvement_direction", "increase"));
    ChartInput input;
    input.request.target = one.given_number("target");
    input.request.fix_after = one.given_whole("fix_after_n_points");
    input.request.screen_outliers = one.flag("screen_outliers", true);
    if (auto fault = one.outcome(); !fault) return fault.problem();
    if (!improvement) return improvement.problem();
    input.request.improvement = *improvement;
    std::vector<std::size_t> order(dates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return dates[a] < dates[b]; });
    for (const std::size_t row : order) {
        const std::size_t place = input.dates.size();
        if (place > 0 && dates[row] == input.dates.back()) {
            return bad_input(fmt::format("{} comes twice in a chart", dates[row]));
        }
        // A mark on the first point begins what begins there anyway.
        if (marks[row] != 0 && place > 0) {
            input.request.rebases.push_back(rebase_at(one, row, place));
        }
        input.dates.push_back(dates[row]);
        input.request.values.push_back(values[row]);
    }
    return input;
}

std::string limit_cell(const ChartGroup& group, double Interval::* end) {
    return group.limits ? cell_of(*group.limits.*end) : std::string();
}

Outcome chart_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto input = chart_input(one);
    if (!input) return input.problem();
    const auto chart = control_chart(input->request);
    if (!chart) return chart.problem();
    for (std::size_t i = 0; i < chart->points.size(); ++i) {
        const ChartPoint& point = chart->points[i];
        const ChartGroup& group = chart->groups[point.group];
        answers.add(input->dates[i], point.value, point.group, group.mean,
                    limit_cell(group, &Interval::lower), limit_cell(group, &Interval::upper),
                    point.outside_limits ? 1 : 0, point.side, point.near_limit ? 1 : 0,
                    name_of(point.cause), name_of(point.type), group.short_of_points ? 1 : 0);
    }
    return Nothing{};
}

Outcome summary_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto input = chart_input(one);
    if (!input) return input.problem();
    const auto chart = control_chart(input->request);
    if (!chart) return chart.problem();
    for (std::size_t number = 0; number < chart->groups.size(); ++number) {
        const ChartGroup& group = chart->groups[number];
        const ChartPoint& latest = chart->points[group.last()];
        const bool assured = number + 1 == chart->groups.size() && chart->assurance;
        const ChartIcon variation = variation_icon(latest);
        answers.add(number, group.count, group.mean, limit_cell(group, &Interval::lower),
                    limit_cell(group, &Interval::upper), chart->count_of(number, PointType::common),
                    chart->count_of(number, PointType::improvement),
                    chart->count_of(number, PointType::concern), name_of(latest.type),
                    assured ? name_of(*chart->assurance) : std::string_view(),
                    fmt::format("{} {}", variation.letter, variation.colour),
                    assured ? assurance_icon(*chart->assurance).letter : std::string_view(),
                    group.rebase ? group.rebase->person : "",
                    group.rebase ? group.rebase->reason : "");
    }
    return Nothing{};
}

}  // namespace

std::vector<StatisticsTable> chart_tables() {
    const std::vector<StatisticsColumn> chart{
        {"date", "sorts as time does"},
        {"value", "of that date"},
        {"rebase", "1: new limits from here", false},
        {"rebased_by", "the person who answers for the new limits", false},
        {"rebase_reason", "and why", false},
        {"improvement_direction", "increase (the default), decrease or neutral", false},
        {"target", "blank: none", false},
        {"fix_after_n_points", "limits from the first so many points of each group", false},
        {"screen_outliers", "TRUE (the default): leave extreme moving ranges out", false}};
    return {{"spc",
             "XmR control charts: limits and each point's special cause",
             chart,
             {"date", "value", "rebase_group", "mean_col", "lpl", "upl", "outside_limits",
              "relative_to_mean", "close_to_limits", "special_cause_type", "point_type",
              "short_group_warning"},
             chart_rows},
            {"summary",
             "the same charts, a row a set of limits: variation and assurance",
             chart,
             {"rebase_group", "n", "mean_col", "lpl", "upl", "common_cause",
              "special_cause_improvement", "special_cause_concern", "variation_type",
              "assurance_type", "variation_icon", "assurance_icon", "rebased_by", "rebase_reason"},
             summary_rows}};
}

}  // namespace purse
