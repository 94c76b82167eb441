// Comparisons as the pages are told them, whole or through the disclosure gate. JSON texts, as
// api/openapi.yaml has them.
#pragma once

#include <string>

#include "access/disclosure.hpp"
#include "desk/benchmarking.hpp"

namespace purse {

// A practice beside others; with a policy, how it stands without counts, rates and months.
std::string peers_page(const PracticeBenchmarks& report, const DisclosurePolicy* policy);

// One measure of a practice: how it stands, and for who sees its small counts the funnel with the
// others nameless and their counts through the gate, the chart and the working.
struct PracticeMeasure {
    PracticeBenchmarks standing;
    MeasureComparison comparison;
    ChartReport chart;
    RateWorking working;
};
std::string practice_measure_page(const PracticeMeasure& report, const Benchmarks& all,
                                  const DisclosurePolicy& others, bool sees_own);

// All measures over all practices: how many lie within and outside.
std::string measures_page(const Benchmarks& all);
// One measure over all practices, by name; with a policy without their counts and rates.
std::string measure_page(const MeasureComparison& report, const DisclosurePolicy* policy);

}  // namespace purse
