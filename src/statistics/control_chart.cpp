#include "statistics/control_chart.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/average.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

constexpr double limit_of_range = 2.66;     // 3 / d2 for ranges of two
constexpr double outlier_of_range = 3.267;  // D4 for ranges of two
constexpr double near_share = 2.0 / 3.0;
constexpr std::size_t run_length = 7;
constexpr std::size_t enough_points = 13;

Outcome refuse_unless_answered_for(const Rebase& rebase, std::size_t after, std::size_t points) {
    if (rebase.person.empty() || rebase.reason.empty()) {
        return bad_input(fmt::format(
            "new limits from point {} name no {}: limits are moved by a named person with a reason",
            rebase.from + 1, rebase.person.empty() ? "person" : "reason"));
    }
    if (rebase.from >= points || rebase.from <= after) {
        return bad_input(fmt::format("new limits from point {} are out of place among {} points",
                                     rebase.from + 1, points));
    }
    return Nothing{};
}

Outcome refuse_unless_chart(const ChartRequest& request) {
    if (auto fault = first_problem({refuse_if_fewer(request.values.size(), 1, "points"),
                                    refuse_unless_all_finite(request.values, "point")});
        !fault) {
        return fault;
    }
    if (request.target) {
        if (auto fault = refuse_unless_finite(*request.target, "the target"); !fault) return fault;
    }
    if (request.fix_after && *request.fix_after < 2) {
        return bad_input("limits cannot be fixed after fewer than 2 points");
    }
    std::size_t after = 0;
    for (const Rebase& rebase : request.rebases) {
        if (auto fault = refuse_unless_answered_for(rebase, after, request.values.size()); !fault) {
            return fault;
        }
        after = rebase.from;
    }
    return Nothing{};
}

std::vector<double> moving_ranges(std::span<const double> values, bool screen_outliers) {
    std::vector<double> ranges;
    for (std::size_t i = 1; i < values.size(); ++i) {
        ranges.push_back(std::abs(values[i] - values[i - 1]));
    }
    if (!screen_outliers || ranges.empty()) return ranges;
    const double most = outlier_of_range * mean_of(ranges);
    if (most > 0) std::erase_if(ranges, [most](double range) { return range >= most; });
    return ranges;
}

ChartGroup group_of(const ChartRequest& request, std::size_t from, std::size_t to) {
    ChartGroup group{.from = from,
                     .count = to - from,
                     .mean = 0,
                     .limits = {},
                     .short_of_points = to - from < enough_points,
                     .rebase = {}};
    const std::size_t used = std::min(group.count, request.fix_after.value_or(group.count));
    const std::span<const double> values = std::span(request.values).subspan(from, used);
    group.mean = mean_of(values);
    const std::vector<double> ranges = moving_ranges(values, request.screen_outliers);
    if (ranges.empty()) return group;
    const double reach = limit_of_range * mean_of(ranges);
    group.limits = Interval{group.mean - reach, group.mean + reach};
    return group;
}

std::vector<ChartGroup> groups_of(const ChartRequest& request) {
    std::vector<ChartGroup> groups;
    std::size_t from = 0;
    for (const Rebase& rebase : request.rebases) {
        groups.push_back(group_of(request, from, rebase.from));
        from = rebase.from;
    }
    groups.push_back(group_of(request, from, request.values.size()));
    for (std::size_t i = 0; i < request.rebases.size(); ++i) {
        groups[i + 1].rebase = request.rebases[i];
    }
    return groups;
}

ChartPoint placed(double value, std::size_t number, const ChartGroup& group) {
    ChartPoint point{.value = value, .group = number};
    point.side = value > group.mean ? 1 : value < group.mean ? -1 : 0;
    if (!group.limits) return point;
    const double reach = group.limits->upper - group.mean;
    point.outside_limits = value > group.limits->upper || value < group.limits->lower;
    point.near_limit = !point.outside_limits && (value < group.mean - near_share * reach ||
                                                 value > group.mean + near_share * reach);
    return point;
}

// Whether the window's points rise (1) or fall (-1) one after another.
int trend_of(std::span<const ChartPoint> window) {
    bool rises = true;
    bool falls = true;
    for (std::size_t i = 1; i < window.size(); ++i) {
        rises = rises && window[i].value > window[i - 1].value;
        falls = falls && window[i].value < window[i - 1].value;
    }
    return rises ? 1 : falls ? -1 : 0;
}

int common_side(std::span<const ChartPoint> window) {
    const int side = window.front().side;
    const bool all = std::all_of(window.begin(), window.end(),
                                 [side](const ChartPoint& point) { return point.side == side; });
    return all ? side : 0;
}

int two_of_three(std::span<const ChartPoint> window) {
    const auto near = std::count_if(window.begin(), window.end(),
                                    [](const ChartPoint& point) { return point.near_limit; });
    return near >= 2 ? common_side(window) : 0;
}

// Gives each point the first answer of the windows that it is part of.
template <class Rule>
std::vector<int> found_by(Rule rule, std::span<const ChartPoint> points, std::size_t length) {
    std::vector<int> found(points.size(), 0);
    for (std::size_t start = 0; start + length <= points.size(); ++start) {
        const int answer = rule(points.subspan(start, length));
        if (answer == 0) continue;
        for (std::size_t i = start; i < start + length; ++i) {
            if (found[i] == 0) found[i] = answer;
        }
    }
    return found;
}

void name_causes(std::span<ChartPoint> points) {
    const std::vector<int> trend = found_by(trend_of, points, run_length);
    const std::vector<int> near = found_by(two_of_three, points, 3);
    const std::vector<int> shift = found_by(common_side, points, run_length);
    for (std::size_t i = 0; i < points.size(); ++i) {
        ChartPoint& point = points[i];
        if (point.outside_limits) {
            point.cause = point.side > 0 ? SpecialCause::above_limit : SpecialCause::below_limit;
        } else if (trend[i] != 0) {
            point.cause = trend[i] > 0 ? SpecialCause::rising_trend : SpecialCause::falling_trend;
        } else if (near[i] != 0 && point.near_limit) {
            point.cause =
                near[i] > 0 ? SpecialCause::two_of_three_above : SpecialCause::two_of_three_below;
        } else if (shift[i] != 0) {
            point.cause = shift[i] > 0 ? SpecialCause::shift_above : SpecialCause::shift_below;
        }
    }
}

// A trend's own direction tells; every other cause lies on its side of the mean.
int direction_of(const ChartPoint& point) {
    switch (point.cause) {
        case SpecialCause::rising_trend:
            return 1;
        case SpecialCause::falling_trend:
            return -1;
        default:
            return point.side;
    }
}

PointType type_of(const ChartPoint& point, Improvement improvement) {
    if (point.cause == SpecialCause::none) return PointType::common;
    const bool high = direction_of(point) > 0;
    if (improvement == Improvement::neutral) {
        return high ? PointType::neutral_high : PointType::neutral_low;
    }
    return high == (improvement == Improvement::increase) ? PointType::improvement
                                                          : PointType::concern;
}

std::optional<Assurance> assurance_of(const ChartRequest& request, const ChartGroup& last) {
    if (!request.target || request.improvement == Improvement::neutral || !last.limits) return {};
    const bool more_is_better = request.improvement == Improvement::increase;
    if (*request.target > last.limits->upper) {
        return more_is_better ? Assurance::fail : Assurance::pass;
    }
    if (*request.target < last.limits->lower) {
        return more_is_better ? Assurance::pass : Assurance::fail;
    }
    return Assurance::inconsistent;
}

}  // namespace

std::string_view name_of(SpecialCause cause) {
    switch (cause) {
        case SpecialCause::none:
            break;
        case SpecialCause::above_limit:
            return "Above UCL";
        case SpecialCause::below_limit:
            return "Below LCL";
        case SpecialCause::rising_trend:
            return "7 Point Trend (Increasing)";
        case SpecialCause::falling_trend:
            return "7 Point Trend (Decreasing)";
        case SpecialCause::two_of_three_above:
            return "2 in 3 Above CL";
        case SpecialCause::two_of_three_below:
            return "2 in 3 Below CL";
        case SpecialCause::shift_above:
            return "7 Points Above CL";
        case SpecialCause::shift_below:
            return "7 Points Below CL";
    }
    return "Common Cause";
}

std::string_view name_of(PointType type) {
    switch (type) {
        case PointType::common:
            break;
        case PointType::improvement:
            return "special_cause_improvement";
        case PointType::concern:
            return "special_cause_concern";
        case PointType::neutral_high:
            return "special_cause_neutral_high";
        case PointType::neutral_low:
            return "special_cause_neutral_low";
    }
    return "common_cause";
}

std::string_view name_of(Assurance assurance) {
    switch (assurance) {
        case Assurance::pass:
            return "consistent_pass";
        case Assurance::fail:
            return "consistent_fail";
        case Assurance::inconsistent:
            break;
    }
    return "inconsistent";
}

std::size_t ControlChart::count_of(std::size_t group, PointType type) const {
    return static_cast<std::size_t>(std::count_if(
        points.begin(), points.end(),
        [&](const ChartPoint& point) { return point.group == group && point.type == type; }));
}

Result<ControlChart> control_chart(const ChartRequest& request) {
    if (auto fault = refuse_unless_chart(request); !fault) return fault.problem();
    ControlChart chart;
    chart.groups = groups_of(request);
    chart.points.reserve(request.values.size());
    for (std::size_t number = 0; number < chart.groups.size(); ++number) {
        const ChartGroup& group = chart.groups[number];
        for (std::size_t i = group.from; i < group.from + group.count; ++i) {
            chart.points.push_back(placed(request.values[i], number, group));
        }
        name_causes(std::span(chart.points).subspan(group.from, group.count));
    }
    for (ChartPoint& point : chart.points) point.type = type_of(point, request.improvement);
    chart.assurance = assurance_of(request, chart.groups.back());
    return chart;
}

ChartIcon variation_icon(const ChartPoint& latest) {
    const bool high = direction_of(latest) > 0;
    switch (latest.type) {
        case PointType::common:
            break;
        case PointType::improvement:
            return {high ? "H" : "L", "blue", "special cause: better than chance would make it"};
        case PointType::concern:
            return {high ? "H" : "L", "orange", "special cause: worse than chance would make it"};
        case PointType::neutral_high:
            return {"H", "purple", "special cause: higher; neither direction is better"};
        case PointType::neutral_low:
            return {"L", "purple", "special cause: lower; neither direction is better"};
    }
    return {"", "grey", "common cause: no more than chance would give"};
}

ChartIcon assurance_icon(Assurance assurance) {
    switch (assurance) {
        case Assurance::pass:
            return {"P", "blue", "the target will be met every time"};
        case Assurance::fail:
            return {"F", "orange", "the target will be missed every time"};
        case Assurance::inconsistent:
            break;
    }
    return {"?", "grey", "whether the target is met is chance"};
}

}  // namespace purse
