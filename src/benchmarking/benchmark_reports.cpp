#include "benchmarking/benchmark_reports.hpp"

#include <fmt/format.h>

#include <cmath>

#include "money/grouped.hpp"

namespace purse {

namespace {

std::string named(const std::vector<std::string>& names) {
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return list;
}

std::string period_of(const PracticeFunnel& funnel) {
    return fmt::format("{} to {}", in_words(funnel.from), in_words(funnel.to));
}

void add_outside(const MeasureComparison& comparison, Standing standing, std::string_view word,
                 std::vector<std::string>& names) {
    for (std::size_t i = 0; i < comparison.funnel.positions.size(); ++i) {
        if (comparison.funnel.positions[i].standing != standing) continue;
        names.push_back(fmt::format("{} ({}), {}", comparison.names[i],
                                    comparison.funnel.positions[i].practice.text(), word));
    }
}

Step step(std::string says, std::string arithmetic, std::string document = {}) {
    Step made;
    made.says = std::move(says);
    made.arithmetic = std::move(arithmetic);
    made.source = {std::move(document), {}};
    return made;
}

std::string limits_source(const PracticeFunnel& funnel) {
    return funnel.allows_for_dispersion
               ? "Spiegelhalter 2005, Handling over-dispersion of performance indicators"
               : "limits of chance alone: exact Poisson";
}

}  // namespace

std::string rate_in_words(double rate) {
    const auto tenths = static_cast<std::int64_t>(std::llround(rate * 10));
    return fmt::format("{}.{}", grouped(tenths / 10), tenths % 10);
}

std::string standing_sentence(const Measure& measure, const PracticePosition& position,
                              double reference_rate) {
    if (!position.rate) {
        return fmt::format("{}: no comparison, since nothing is expected.", measure.name);
    }
    std::string says = fmt::format(
        "{}: {} for 1,000 patients a year, standardised for age and sex; the commissioner has {}.",
        measure.name, rate_in_words(*position.rate), rate_in_words(reference_rate));
    switch (position.standing) {
        case Standing::within:
            return says + " This is within what practices differ by.";
        case Standing::above:
        case Standing::below:
            return says + fmt::format(
                              " This is {}. Counts do not say why: need, records and care all bear "
                              "on them.",
                              in_words(position.standing));
        case Standing::cannot_tell:
            break;
    }
    return says + fmt::format(" It cannot be told from chance: {}.", position.why);
}

std::string comparison_sentence(const MeasureComparison& comparison) {
    const PracticeFunnel& funnel = comparison.funnel;
    if (!funnel.why.empty()) return fmt::format("No comparison: {}.", funnel.why);
    std::vector<std::string> outside;
    add_outside(comparison, Standing::above, "more", outside);
    add_outside(comparison, Standing::below, "less", outside);
    const std::size_t small = funnel.count_of(Standing::cannot_tell);
    const std::size_t compared = funnel.positions.size() - small;
    std::string says =
        outside.empty()
            ? fmt::format("All {} practices are within what practices differ by.", compared)
            : fmt::format(
                  "{} of {} practices {} outside what practices differ by: {}. All others "
                  "are within.",
                  outside.size(), compared, outside.size() == 1 ? "lies" : "lie", named(outside));
    if (small > 0) {
        says +=
            fmt::format(" {} {} too small to tell from chance.", small, small == 1 ? "is" : "are");
    }
    return says;
}

std::string practice_sentence(const std::vector<ComparedMeasure>& measures) {
    std::vector<std::string> outside;
    std::size_t within = 0;
    for (const ComparedMeasure& measure : measures) {
        const Standing standing = measure.position.standing;
        if (standing == Standing::within) ++within;
        if (standing == Standing::above || standing == Standing::below) {
            outside.push_back(fmt::format("{} ({})", measure.name,
                                          standing == Standing::above ? "more" : "less"));
        }
    }
    if (outside.empty() && within == 0) return "Nothing can be told from chance yet.";
    if (outside.empty()) return "Everything compared is within what practices differ by.";
    return fmt::format("Outside what practices differ by: {}.{}", named(outside),
                       within > 0 ? " Everything else compared is within." : "");
}

RateWorking rate_working(const BenchmarkHeading& heading, const std::string& practice_name,
                         const Measure& measure, const PracticeFunnel& funnel,
                         const PracticePosition& position, std::vector<BandWorking> bands) {
    RateWorking working;
    working.title = fmt::format("{} ({}): {}, {}", practice_name, position.practice.text(),
                                measure.name, period_of(funnel));
    const std::string closing =
        fmt::format("closing {} of {}", heading.closing, to_text(heading.month));
    working.steps.push_back(step(fmt::format("Counted: {} {}. {}", grouped(position.observed),
                                             measure.counts, measure.means),
                                 "", closing));
    working.steps.push_back(
        step(fmt::format("Expected: {:.2f}, were each age and sex on its list to have the "
                         "commissioner's rate of the same month ({:.1f} patient years)",
                         position.expected, position.patient_years),
             "patients of each age and sex x the commissioner's rate, added up", closing));
    working.steps.push_back(
        step(fmt::format("The commissioner's rate: {} for 1,000 patients a year",
                         rate_in_words(funnel.reference_rate)),
             fmt::format("1,000 x {} / {:.1f} patient years", grouped(funnel.observed),
                         funnel.patient_years),
             closing));
    if (position.rate) {
        working.steps.push_back(step(
            fmt::format("Standardised rate: {} for 1,000 patients a year, 95% interval {} to {}",
                        rate_in_words(*position.rate), rate_in_words(position.rate_95->lower),
                        rate_in_words(position.rate_95->upper)),
            fmt::format("{} / {:.2f} x {}", grouped(position.observed), position.expected,
                        rate_in_words(funnel.reference_rate)),
            position.observed < 10 ? "exact Poisson interval (Garwood 1936)"
                                   : "Byar's interval (Breslow and Day 1987)"));
    }
    if (position.limits_998) {
        working.steps.push_back(step(
            fmt::format("Of practices of which so many are expected, 99.8% lie between {} and {}{}",
                        rate_in_words(position.limits_998->lower * funnel.reference_rate),
                        rate_in_words(position.limits_998->upper * funnel.reference_rate),
                        funnel.allows_for_dispersion
                            ? fmt::format("; practices differ by {:.1f}% beyond chance",
                                          100 * std::sqrt(funnel.tau_squared))
                            : ""),
            "", limits_source(funnel)));
    }
    working.steps.push_back(
        step(position.why.empty() ? fmt::format("So it is {}", in_words(position.standing))
                                  : fmt::format("It cannot be told from chance: {}", position.why),
             ""));
    working.bands = std::move(bands);
    return working;
}

}  // namespace purse
