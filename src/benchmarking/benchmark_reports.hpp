// What is shown of comparisons: a practice beside the commissioner and its peers, a measure over
// all practices, a practice's chart. Values with their sentences; nothing is worked out in showing
// them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "benchmarking/practice_chart.hpp"
#include "benchmarking/practice_funnel.hpp"
#include "explain/working.hpp"

namespace purse {

struct BenchmarkHeading {
    std::string commissioner;
    Month month;
    int closing = 0;
    Month from;  // the first month of the rates
};

struct ComparedMeasure {
    std::string code, name, counts, means;
    std::vector<std::string> beside;
    PracticePosition position;
    double reference_rate = 0;
    // The rates of its peers: a quarter lie below the first, half below the second, three quarters
    // below the third. None of too few.
    std::optional<std::array<double, 3>> peers_quartiles;
    std::string says;
    std::string chart_says;
    ChartIcon icon;  // of the latest month on its chart
};

struct PeerCharacteristic {
    std::string code, name;
    std::optional<double> own;
    double lowest = 0, highest = 0;  // of the peers
    std::string source;
};

struct PracticeBenchmarks {
    BenchmarkHeading heading;
    PracticeCode practice;
    std::string name;
    std::string says;
    std::vector<ComparedMeasure> measures;
    std::vector<PracticeCode> peers;
    std::string peers_says;
    std::vector<PeerCharacteristic> characteristics;
    std::vector<std::string> notes;
};

struct MeasureComparison {
    BenchmarkHeading heading;
    Measure measure;
    PracticeFunnel funnel;
    std::vector<std::string> names;  // of the funnel's positions
    std::string says;
    std::vector<std::string> notes;
};

struct ChartReport {
    BenchmarkHeading heading;
    PracticeCode practice;
    std::string name;
    Measure measure;
    PracticeChart chart;
    ChartIcon icon;
};

// "132.1 for 1,000 patients a year ...": one practice's measure in two sentences.
std::string standing_sentence(const Measure& measure, const PracticePosition& position,
                              double reference_rate);
// "1 of 49 practices lies outside what practices differ by: ...".
std::string comparison_sentence(const MeasureComparison& comparison);
// The whole of a practice's measures in one sentence; names only what lies outside.
std::string practice_sentence(const std::vector<ComparedMeasure>& measures);

// How the rate came about, and where the limits are; the amounts are no money.
struct RateWorking {
    std::string title;
    std::vector<Step> steps;
    std::vector<BandWorking> bands;
};
RateWorking rate_working(const BenchmarkHeading& heading, const std::string& practice_name,
                         const Measure& measure, const PracticeFunnel& funnel,
                         const PracticePosition& position, std::vector<BandWorking> bands);

// "132.1"; rates are told to a tenth.
std::string rate_in_words(double rate);

}  // namespace purse
