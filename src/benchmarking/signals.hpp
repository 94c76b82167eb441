// When something special begins: what the funnel and the control charts find this month and did not
// find the month before. Few, since of many practices and measures some always look special by
// chance: of those told, no more than the stated share may be chance (Benjamini and Hochberg 1995).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "benchmarking/practice_chart.hpp"
#include "benchmarking/practice_funnel.hpp"

namespace purse {

enum class SeenBy : std::uint8_t { funnel, chart };
std::string_view to_text(SeenBy seen_by);

struct Signal {
    PracticeCode practice;
    std::size_t measure = 0;
    SeenBy seen_by = SeenBy::chart;
    int side = 0;  // 1 more, -1 fewer
    Month since;   // the first month of it
    double p = 1;  // how often chance alone would give as much
    std::string says;
};

using RebasesOf =
    std::function<std::vector<ChartRebase>(PracticeCode practice, const std::string& measure)>;

// Of the counts' last month. In the order of practices, measures and ways of seeing.
std::vector<Signal> signals(const StandardisedCounts& counts, const Measures& measures,
                            const RebasesOf& rebases, const ComparisonRules& rules);

// Of so many tests, which of these (all others having found nothing) may be told, so that at most
// the share `rate` of them is chance.
std::vector<Signal> few_of(std::vector<Signal> found, std::size_t tests, double rate);

}  // namespace purse
