// XmR control charts (individual values and moving ranges; Shewhart 1931, Wheeler 1993) with the
// rules and icons of NHS England's "Making Data Count" (2019): which points have a special cause,
// and whether a target will be met by chance, always or never.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statistics/confidence.hpp"

namespace purse {

enum class Improvement { increase, decrease, neutral };  // which way is better

// New limits from this point on. Limits are moved by a person who answers for it, never by a rule:
// a step that a chart itself suggests may be the very deterioration it is there to show.
struct Rebase {
    std::size_t from = 0;  // the first point of the new limits, from 0
    std::string person;
    std::string reason;
};

struct ChartRequest {
    std::vector<double> values;  // in order of time
    Improvement improvement = Improvement::increase;
    std::optional<double> target;
    std::optional<std::size_t> fix_after;  // limits from the first so many points of each group
    bool screen_outliers = true;           // leave moving ranges of 3.267 times their mean out
    std::vector<Rebase> rebases;
};

enum class SpecialCause {
    none,
    above_limit,
    below_limit,
    rising_trend,        // seven points, each above the one before
    falling_trend,       // seven points, each below the one before
    two_of_three_above,  // two of three beyond two thirds of the limit, all on one side
    two_of_three_below,
    shift_above,  // seven points on one side of the mean
    shift_below,
};
std::string_view name_of(SpecialCause cause);  // "Common Cause", "Above UCL", ...

enum class PointType { common, improvement, concern, neutral_high, neutral_low };
std::string_view name_of(PointType type);  // "common_cause", "special_cause_improvement", ...

struct ChartPoint {
    double value = 0;
    std::size_t group = 0;  // of the limits, from 0
    int side = 0;           // of the mean: -1, 0, 1
    bool outside_limits = false;
    bool near_limit = false;  // beyond two thirds of a limit, and within it
    SpecialCause cause = SpecialCause::none;
    PointType type = PointType::common;
};

// Points under the same limits.
struct ChartGroup {
    std::size_t from = 0;
    std::size_t count = 0;
    double mean = 0;
    std::optional<Interval> limits;  // none from a single point
    bool short_of_points = false;    // fewer than 13: limits may still move
    std::optional<Rebase> rebase;    // what began it; none for the first
    [[nodiscard]] std::size_t last() const { return from + count - 1; }
};

enum class Assurance { pass, fail, inconsistent };
std::string_view name_of(Assurance assurance);  // "consistent_pass", ...

struct ControlChart {
    std::vector<ChartPoint> points;
    std::vector<ChartGroup> groups;
    // Of the last group's limits; none without a target or where no direction is better.
    std::optional<Assurance> assurance;
    [[nodiscard]] std::size_t count_of(std::size_t group, PointType type) const;
};

// Limits: mean +/- 2.66 x mean moving range of each group. The first rule that holds names a
// point's cause: outside the limits, trend, two of three, shift; rules start again at a rebase.
// Refuses no points, numbers that are not finite, a rebase without a person or a reason, beyond the
// points or out of order, and limits fixed after fewer than two points.
Result<ControlChart> control_chart(const ChartRequest& request);

// What Making Data Count's icons show: the letter and the colour of the dots, and what is read out.
struct ChartIcon {
    std::string_view letter;  // H, L, P, F, ? or nothing
    std::string_view colour;  // blue (better), orange (worse), grey, purple
    std::string_view says;
};
ChartIcon variation_icon(const ChartPoint& latest);
ChartIcon assurance_icon(Assurance assurance);

}  // namespace purse
