// The table of what is still to come of periods that are only partly reported.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "desk/statistics_case.hpp"
#include "desk/statistics_work.hpp"
#include "statistics/chain_ladder.hpp"

namespace purse {

namespace {

struct NamedTriangle {
    std::vector<std::string> periods;
    RunOffTriangle triangle;
};

// Cells in any order; each period's steps must run from 1 without a gap.
Result<NamedTriangle> triangle_of(StatisticsCase& one) {
    const auto periods = one.texts("period");
    const auto steps = one.numbers("step"), values = one.numbers("value");
    if (auto fault = one.outcome(); !fault) return fault.problem();
    std::map<std::string, std::map<double, double>> cells;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (!cells[periods[i]].emplace(steps[i], values[i]).second) {
            return bad_input(fmt::format("step {} of {} comes twice", steps[i], periods[i]));
        }
    }
    NamedTriangle made;
    for (const auto& [period, by_step] : cells) {
        std::vector<double> row;
        for (const auto& [step, value] : by_step) {
            if (step != static_cast<double>(row.size() + 1)) {
                return bad_input(fmt::format("step {} of {} is missing", row.size() + 1, period));
            }
            row.push_back(value);
        }
        made.periods.push_back(period);
        made.triangle.push_back(std::move(row));
    }
    return made;
}

Outcome ladder_rows(StatisticsCase& one, StatisticsAnswers& answers) {
    const auto made = triangle_of(one);
    if (!made) return made.problem();
    const auto ladder = chain_ladder(made->triangle);
    if (!ladder) return ladder.problem();
    for (std::size_t i = 0; i < ladder->steps.size(); ++i) {
        const DevelopmentStep& step = ladder->steps[i];
        answers.add(fmt::format("factor_{}", i + 1), "", step.factor);
        answers.add(fmt::format("sigma_squared_{}", i + 1), "", step.sigma_squared);
        answers.add(fmt::format("completion_{}", i + 1), "", step.completion);
    }
    for (std::size_t i = 0; i < ladder->periods.size(); ++i) {
        const ProjectedPeriod& period = ladder->periods[i];
        answers.add("known", made->periods[i], period.known);
        answers.add("ultimate", made->periods[i], period.ultimate);
        answers.add("outstanding", made->periods[i], period.outstanding);
        answers.add("standard_error", made->periods[i], period.standard_error);
    }
    answers.add("outstanding", "all", ladder->outstanding);
    answers.add("standard_error", "all", ladder->standard_error);
    return Nothing{};
}

}  // namespace

std::vector<StatisticsTable> completion_tables() {
    return {{"chain_ladder",
             "completion factors of partly reported periods, with Mack's errors",
             {{"period", "sorts as time does"},
              {"step", "1, 2, 3 ... since the period"},
              {"value", "what was known by then, cumulated"}},
             {"quantity", "period", "value"},
             ladder_rows}};
}

}  // namespace purse
