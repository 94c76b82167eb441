// A practice's measure month by month on a control chart (XmR, Making Data Count): what was counted
// for every 100 that the ages and sexes of its patients make one expect in that month. Season,
// working days and months that are not complete yet fall out, since the commissioner's rates of the
// same month are the measuring rod.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "benchmarking/measure.hpp"
#include "benchmarking/standardised_counts.hpp"
#include "statistics/control_chart.hpp"
#include "statistics/quantiles.hpp"

namespace purse {

// New limits from a month on, by somebody who answers for it.
struct ChartRebase {
    Month from;
    std::string person;
    std::string reason;
    std::string at;
};

struct ChartMonth {
    Month month;
    MonthCount count;
    double index = 0;  // 100 x observed / expected
    ChartPoint point;
    std::optional<Interval> limits;
    double mean = 0;
    // The deciles of all practices' indices in the month; none of too few practices.
    std::optional<Deciles> deciles;
};

// Points in a row that the same rule, or rules on the same side, find special.
struct SpecialRun {
    std::size_t first = 0, last = 0;  // places among the months
    int side = 0;                     // 1 higher, -1 lower
    double mean = 0;                  // index over the run: observed over expected
};

struct PracticeChart {
    std::vector<ChartMonth> months;
    ControlChart chart;
    std::vector<ChartRebase> rebases;  // those that fall on its months
    std::vector<SpecialRun> runs;      // oldest first
    std::string why;                   // that none can be drawn; empty where it can
    std::string says;                  // a sentence

    [[nodiscard]] const SpecialRun* latest_run() const;  // none where the last month is ordinary
};

// Of the practice's months with a list, the last ones up to the rules' number. `up_to` leaves the
// months after that place out: the chart as it was then.
PracticeChart practice_chart(const StandardisedCounts& counts, PracticeCode practice,
                             std::size_t measure, const std::vector<ChartRebase>& rebases,
                             const Measure& about, const ComparisonRules& rules,
                             std::optional<Month> up_to = {});

}  // namespace purse
