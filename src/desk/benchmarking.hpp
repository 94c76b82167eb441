// Practices compared with what chance and honest differences would give: worked out from a closed
// month's own charges and records, the lists as they are known, and rules/benchmarking.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "benchmarking/benchmark_reports.hpp"
#include "benchmarking/peers.hpp"
#include "desk/site.hpp"
#include "desk/statements.hpp"

namespace purse {

// Everything that comparisons of a month are made from; worked out once for any number of them.
struct Benchmarks {
    BenchmarkHeading heading;
    Measures measures;
    ComparisonRules rules;
    CountingInput input;
    StandardisedCounts counts;
    std::vector<PracticeFunnel> funnels;  // by measure
    std::map<PracticeCode, std::string> names;
    Likeness likeness;
    std::map<std::string, std::string> sources;  // of characteristics
    std::vector<std::string> notes;
};
// The month's latest closing, with the months before it from the closings that have them.
Result<Benchmarks> compare_practices(const Site& site, Month month);
// The same of a month that is open.
Result<Benchmarks> compare_practices(const Site& site, MonthReports reports);

// The rebases of every chart, as the register has them.
using ChartRebases = std::map<std::pair<PracticeCode, std::string>, std::vector<ChartRebase>>;
ChartRebases chart_rebases_of(const Site& site);

// A practice that the month does not compare is a problem.
Result<PracticeBenchmarks> benchmarks_of(const Benchmarks& all, const ChartRebases& rebases,
                                         const std::string& practice);
Result<MeasureComparison> comparison_of(const Benchmarks& all, const std::string& measure);
Result<ChartReport> chart_of(const Benchmarks& all, const ChartRebases& rebases,
                             const std::string& practice, const std::string& measure);
Result<RateWorking> rate_working_of(const Benchmarks& all, const std::string& practice,
                                    const std::string& measure);

// Moves the limits of a practice's chart from a month on: by a person, for a reason.
struct RebaseCommand {
    PracticeCode practice;
    std::string measure;
    Month from;
    std::string person;
    std::string reason;
    std::string at;  // ISO 8601 in UTC: the site's now()
};
Outcome rebase_chart(Site& site, const RebaseCommand& command);

}  // namespace purse
