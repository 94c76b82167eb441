// Comparisons as JSON, as api/openapi.yaml has them.
#include <algorithm>
#include <boost/json.hpp>

#include "render/benchmark_pages.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::value interval(const std::optional<Interval>& limits, double scale = 1) {
    if (!limits) return nullptr;
    return json::object{{"lower", to_two_decimals(std::max(0.0, limits->lower) * scale)},
                        {"upper", to_two_decimals(limits->upper * scale)}};
}

json::array texts(const std::vector<std::string>& all) {
    json::array array;
    for (const std::string& text : all) array.emplace_back(text);
    return array;
}

json::object icon_object(const ChartIcon& icon) {
    return {{"letter", icon.letter}, {"colour", icon.colour}, {"says", icon.says}};
}

void add_heading(json::object& page, const BenchmarkHeading& heading) {
    page["commissioner"] = heading.commissioner;
    page["month"] = to_text(heading.month);
    page["month_in_words"] = in_words(heading.month);
    page["from"] = to_text(heading.from);
    page["closing"] = heading.closing;
}

json::object position_object(const PracticePosition& position, double reference_rate) {
    return {{"observed", position.observed},
            {"expected", to_two_decimals(position.expected)},
            {"patient_years", to_two_decimals(position.patient_years)},
            {"rate", to_two_decimals(position.rate)},
            {"rate_95", interval(position.rate_95)},
            {"limits_95", interval(position.limits_95, reference_rate)},
            {"limits_998", interval(position.limits_998, reference_rate)},
            {"standing", to_text(position.standing)},
            {"standing_in_words", in_words(position.standing)},
            {"why", position.why}};
}

json::object measure_object(const ComparedMeasure& measure) {
    json::object object{{"code", measure.code},
                        {"name", measure.name},
                        {"counts", measure.counts},
                        {"means", measure.means},
                        {"beside", texts(measure.beside)},
                        {"says", measure.says},
                        {"reference_rate", to_two_decimals(measure.reference_rate)},
                        {"position", position_object(measure.position, measure.reference_rate)},
                        {"chart_says", measure.chart_says},
                        {"icon", icon_object(measure.icon)}};
    object["peers_quartiles"] = nullptr;
    if (measure.peers_quartiles) {
        json::array quartiles;
        for (const double value : *measure.peers_quartiles)
            quartiles.push_back(to_two_decimals(value));
        object["peers_quartiles"] = std::move(quartiles);
    }
    return object;
}

json::object chart_month(const ChartMonth& month, bool drawn) {
    json::object object{{"month", to_text(month.month)},
                        {"observed", month.count.observed},
                        {"expected", to_two_decimals(month.count.expected)},
                        {"index", to_two_decimals(month.index)},
                        {"mean", drawn ? to_two_decimals(month.mean) : json::value(nullptr)},
                        {"limits", interval(month.limits)},
                        {"cause", name_of(month.point.cause)},
                        {"type", name_of(month.point.type)},
                        {"group", month.point.group}};
    object["deciles"] = nullptr;
    if (month.deciles) {
        json::array deciles;
        for (const double value : *month.deciles) deciles.push_back(to_two_decimals(value));
        object["deciles"] = std::move(deciles);
    }
    return object;
}

json::array steps_of(const std::vector<Step>& steps) {
    json::array array;
    for (const Step& step : steps) {
        array.push_back(json::object{{"says", step.says},
                                     {"arithmetic", step.arithmetic},
                                     {"source", step.source.document}});
    }
    return array;
}

}  // namespace

std::string as_json(const PracticeBenchmarks& report) {
    json::object page;
    add_heading(page, report.heading);
    page["code"] = report.practice.text();
    page["name"] = report.name;
    page["says"] = report.says;
    json::array measures;
    for (const ComparedMeasure& measure : report.measures) {
        measures.push_back(measure_object(measure));
    }
    page["measures"] = std::move(measures);
    json::array characteristics;
    for (const PeerCharacteristic& one : report.characteristics) {
        characteristics.push_back(json::object{{"code", one.code},
                                               {"name", one.name},
                                               {"own", to_two_decimals(one.own)},
                                               {"lowest", to_two_decimals(one.lowest)},
                                               {"highest", to_two_decimals(one.highest)},
                                               {"source", one.source}});
    }
    page["peers"] = report.peers.size();
    page["peers_says"] = report.peers_says;
    page["characteristics"] = std::move(characteristics);
    page["notes"] = texts(report.notes);
    return json::serialize(page);
}

std::string as_json(const MeasureComparison& report) {
    json::object page;
    add_heading(page, report.heading);
    page["measure"] = report.measure.code;
    page["name"] = report.measure.name;
    page["counts"] = report.measure.counts;
    page["means"] = report.measure.means;
    page["says"] = report.says;
    page["why"] = report.funnel.why;
    page["observed"] = report.funnel.observed;
    page["patient_years"] = to_two_decimals(report.funnel.patient_years);
    page["reference_rate"] = to_two_decimals(report.funnel.reference_rate);
    page["phi"] = to_two_decimals(report.funnel.phi);
    page["allows_for_dispersion"] = report.funnel.allows_for_dispersion;
    json::array practices;
    for (std::size_t i = 0; i < report.funnel.positions.size(); ++i) {
        const PracticePosition& position = report.funnel.positions[i];
        json::object row = position_object(position, report.funnel.reference_rate);
        row["code"] = position.practice.text();
        row["name"] = report.names[i];
        practices.push_back(std::move(row));
    }
    page["practices"] = std::move(practices);
    page["notes"] = texts(report.notes);
    return json::serialize(page);
}

std::string as_json(const ChartReport& report) {
    json::object page;
    add_heading(page, report.heading);
    page["code"] = report.practice.text();
    page["name"] = report.name;
    page["measure"] = report.measure.code;
    page["measure_name"] = report.measure.name;
    page["counts"] = report.measure.counts;
    page["means"] = report.measure.means;
    page["says"] = report.chart.says;
    page["why"] = report.chart.why;
    page["icon"] = icon_object(report.icon);
    json::array months, rebases;
    for (const ChartMonth& month : report.chart.months) {
        months.push_back(chart_month(month, report.chart.why.empty()));
    }
    for (const ChartRebase& rebase : report.chart.rebases) {
        rebases.push_back(json::object{{"from", to_text(rebase.from)},
                                       {"person", rebase.person},
                                       {"reason", rebase.reason},
                                       {"at", rebase.at}});
    }
    page["months"] = std::move(months);
    page["rebases"] = std::move(rebases);
    return json::serialize(page);
}

std::string as_json(const RateWorking& working) {
    json::array bands;
    for (const BandWorking& band : working.bands) {
        bands.push_back(json::object{{"sex", band.sex == 'M' ? "men" : "women"},
                                     {"ages", to_text(band.ages)},
                                     {"patient_years", to_two_decimals(band.patient_years)},
                                     {"reference_rate", to_two_decimals(band.reference_rate)},
                                     {"expected", to_two_decimals(band.expected)},
                                     {"observed", band.observed}});
    }
    return json::serialize(json::object{
        {"title", working.title}, {"steps", steps_of(working.steps)}, {"bands", std::move(bands)}});
}

}  // namespace purse
