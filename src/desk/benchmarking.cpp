#include "desk/benchmarking.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/practices.hpp"
#include "money/grouped.hpp"
#include "statistics/quantiles.hpp"

namespace purse {

namespace {

Result<const PracticeSeries*> series_of(const Benchmarks& all, const std::string& code) {
    const PracticeSeries* series = all.counts.find(PracticeCode(code));
    if (series == nullptr) {
        return not_found(
            fmt::format("{} is no practice that {} compares: it has no list by age "
                        "and sex, or is not the commissioner's",
                        code, in_words(all.heading.month)));
    }
    return series;
}

std::string name_of(const Benchmarks& all, PracticeCode practice) {
    const auto found = all.names.find(practice);
    return found == all.names.end() ? practice.text() : found->second;
}

std::optional<std::array<double, 3>> quartiles_of(const PracticeFunnel& funnel,
                                                  const std::vector<PracticeCode>& peers,
                                                  const ComparisonRules& rules) {
    std::vector<double> rates;
    for (const PracticeCode peer : peers) {
        const PracticePosition* position = funnel.find(peer);
        if (position != nullptr && position->rate) rates.push_back(*position->rate);
    }
    if (rates.size() < rules.fewest_peers) return std::nullopt;
    std::array<double, 3> quartiles{};
    for (std::size_t i = 0; i < quartiles.size(); ++i) {
        quartiles[i] = percentile(rates, 0.25 * static_cast<double>(i + 1)).value();
    }
    return quartiles;
}

const std::vector<ChartRebase>& of_chart(const ChartRebases& rebases, PracticeCode practice,
                                         const std::string& measure) {
    static const std::vector<ChartRebase> none;
    const auto found = rebases.find({practice, measure});
    return found == rebases.end() ? none : found->second;
}

ChartIcon icon_of(const PracticeChart& chart) {
    if (!chart.why.empty()) return {"", "", "no chart"};
    return variation_icon(chart.months.back().point);
}

ComparedMeasure compared(const Benchmarks& all, const ChartRebases& rebases,
                         const std::vector<PracticeCode>& peers, PracticeCode practice,
                         std::size_t place) {
    const Measure& measure = all.measures.all[place];
    const PracticeFunnel& funnel = all.funnels[place];
    ComparedMeasure made;
    made.code = measure.code;
    made.name = measure.name;
    made.counts = measure.counts;
    made.means = measure.means;
    made.beside = measure.beside;
    made.reference_rate = funnel.reference_rate;
    if (const PracticePosition* position = funnel.find(practice)) made.position = *position;
    made.position.practice = practice;
    made.peers_quartiles = quartiles_of(funnel, peers, all.rules);
    made.says = standing_sentence(measure, made.position, funnel.reference_rate);
    const PracticeChart chart = practice_chart(
        all.counts, practice, place, of_chart(rebases, practice, measure.code), measure, all.rules);
    made.chart_says = chart.says;
    made.icon = icon_of(chart);
    return made;
}

std::vector<PeerCharacteristic> characteristics_of(const Benchmarks& all, PracticeCode practice,
                                                   const std::vector<PracticeCode>& peers) {
    std::vector<PeerCharacteristic> rows;
    for (const std::string& code : all.likeness.used()) {
        PeerCharacteristic row;
        row.code = code;
        row.name = characteristic_in_words(code);
        row.own = all.likeness.value(practice, code);
        std::vector<double> values;
        for (const PracticeCode peer : peers) {
            if (const auto value = all.likeness.value(peer, code)) values.push_back(*value);
        }
        if (!values.empty()) {
            const auto [lowest, highest] = std::ranges::minmax(values);
            row.lowest = lowest;
            row.highest = highest;
        }
        const auto source = all.sources.find(code);
        row.source = source == all.sources.end() ? "registered lists" : source->second;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

ChartRebases chart_rebases_of(const Site& site) {
    ChartRebases rebases;
    for (const StoredChartRebase& one : site.decisions().chart_rebases()) {
        const NewChartRebase& rebase = one.rebase;
        rebases[{rebase.practice, rebase.measure}].push_back(
            {rebase.from, rebase.person, rebase.reason, rebase.at});
    }
    return rebases;
}

Result<PracticeBenchmarks> benchmarks_of(const Benchmarks& all, const ChartRebases& rebases,
                                         const std::string& practice) {
    const auto series = series_of(all, practice);
    if (!series) return series.problem();
    PracticeBenchmarks made;
    made.heading = all.heading;
    made.practice = (*series)->practice;
    made.name = name_of(all, made.practice);
    made.peers = all.likeness.nearest(made.practice, all.rules.nearest_peers);
    made.peers_says = fmt::format("The {} practices most like it by {}.", made.peers.size(),
                                  likeness_in_words(all.likeness));
    made.characteristics = characteristics_of(all, made.practice, made.peers);
    for (std::size_t place = 0; place < all.measures.all.size(); ++place) {
        made.measures.push_back(compared(all, rebases, made.peers, made.practice, place));
    }
    made.says = practice_sentence(made.measures);
    made.notes = all.notes;
    return made;
}

Result<MeasureComparison> comparison_of(const Benchmarks& all, const std::string& measure) {
    const auto place = all.measures.find(measure);
    if (!place) return place.problem();
    MeasureComparison made;
    made.heading = all.heading;
    made.measure = all.measures.all[*place];
    made.funnel = all.funnels[*place];
    for (const PracticePosition& position : made.funnel.positions) {
        made.names.push_back(name_of(all, position.practice));
    }
    made.says = comparison_sentence(made);
    made.notes = all.notes;
    return made;
}

Result<ChartReport> chart_of(const Benchmarks& all, const ChartRebases& rebases,
                             const std::string& practice, const std::string& measure) {
    const auto place = all.measures.find(measure);
    if (!place) return place.problem();
    const auto series = series_of(all, practice);
    if (!series) return series.problem();
    ChartReport made;
    made.heading = all.heading;
    made.practice = (*series)->practice;
    made.name = name_of(all, made.practice);
    made.measure = all.measures.all[*place];
    made.chart = practice_chart(all.counts, made.practice, *place,
                                of_chart(rebases, made.practice, measure), made.measure, all.rules);
    made.icon = icon_of(made.chart);
    return made;
}

Result<RateWorking> rate_working_of(const Benchmarks& all, const std::string& practice,
                                    const std::string& measure) {
    const auto place = all.measures.find(measure);
    if (!place) return place.problem();
    const auto series = series_of(all, practice);
    if (!series) return series.problem();
    const PracticeFunnel& funnel = all.funnels[*place];
    const PracticePosition* position = funnel.find((*series)->practice);
    if (position == nullptr) {
        return not_found(fmt::format("{} has no list in {}: it is compared with nobody", practice,
                                     in_words(all.heading.month)));
    }
    const auto from = static_cast<std::size_t>(std::ranges::find(all.counts.months, funnel.from) -
                                               all.counts.months.begin());
    return rate_working(all.heading, name_of(all, position->practice), all.measures.all[*place],
                        funnel, *position,
                        expected_by_band(all.input, position->practice, *place, from));
}

Outcome rebase_chart(Site& site, const RebaseCommand& command) {
    const auto measures = read_measures(site.rules_folder() / "benchmarking" / "measures.toml");
    if (!measures) return measures.problem();
    if (const auto place = measures->find(command.measure); !place) return place.problem();
    if (const auto known = is_known_practice(site, command.practice); !known) return known;
    const std::vector<Closing> closings = site.decisions().closings();
    if (closings.empty() || closings.back().closing.month < command.from) {
        return bad_input(fmt::format(
            "{} has not been closed yet: a chart starts anew from a month that it shows",
            in_words(command.from)));
    }
    const auto kept = site.decisions().record_chart_rebase({.practice = command.practice,
                                                            .measure = command.measure,
                                                            .from = command.from,
                                                            .person = command.person,
                                                            .reason = command.reason,
                                                            .at = command.at});
    if (!kept) return kept.problem();
    return Nothing{};
}

}  // namespace purse
