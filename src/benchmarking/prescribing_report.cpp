#include "benchmarking/prescribing_report.hpp"

#include <fmt/format.h>

#include "money/grouped.hpp"
#include "money/rough_range.hpp"

namespace purse {

std::string savings_sentence(const PracticeSavings& savings, const PricePerUnitRules& rules,
                             Month from, Month to) {
    const std::string when = from == to
                                 ? "in " + in_words(to)
                                 : fmt::format("from {} to {}", in_words(from), in_words(to));
    if (savings.savings.empty()) {
        return fmt::format(
            "No medicine cost more {} than the cheapest tenth of practices pay for "
            "the same.",
            when);
    }
    return fmt::format(
        "{} less would have been spent {}, had a unit of {} cost what it costs the cheapest {}% of "
        "practices. Whether another presentation suits a patient is for the prescriber to say.",
        in_pounds(savings.total), when,
        savings.savings.size() == 1 ? "one medicine"
                                    : fmt::format("{} medicines", savings.savings.size()),
        rules.cheapest_percent);
}

std::string prescribing_sentence(const PrescribingReport& report) {
    std::string says = fmt::format("{} items cost {} to {}.", grouped(report.items),
                                   roughly(report.cost), in_words(report.month));
    if (!report.budget_to_date) return says + " There is no budget for prescribing.";
    const Pence off = report.cost - *report.budget_to_date;
    says += fmt::format(
        " That is {} {} the budget to date of {}.", roughly(off < Pence(0) ? -off : off),
        off > Pence(0) ? "more than" : "less than", roughly(*report.budget_to_date));
    if (report.year_end && report.annual_budget) {
        std::string likely;
        if (const auto& range = report.year_end_80) {
            const auto [low, high] = rough_range(range->first, range->second);
            likely = fmt::format(", likely {} to {},", low, high);
        }
        says += fmt::format(" The year-end forecast is {}{} of {}.", roughly(*report.year_end),
                            likely, roughly(*report.annual_budget));
    }
    return says;
}

}  // namespace purse
