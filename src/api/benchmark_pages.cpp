#include "api/benchmark_pages.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "render/benchmark_pages.hpp"
#include "render/json_values.hpp"

namespace purse {

namespace {

namespace json = boost::json;

// What a practice's people see of the others in its funnel: their counts through the gate, the
// practice's own (which they know) not among them.
class OthersInFunnel {
  public:
    OthersInFunnel(const PracticeFunnel& funnel, PracticeCode own, const DisclosurePolicy& policy)
        : funnel_(funnel) {
        DisclosureTable table;
        table.columns = 1;
        table.has_row_totals = false;
        for (const PracticePosition& position : funnel.positions) {
            rows_.push_back(table.rows);
            if (position.practice == own) continue;
            table.cells.push_back({position.observed, std::nullopt});
            ++table.rows;
        }
        shown_ = through_the_gate(table, policy);
    }
    // Of another practice than one's own. For 1,000 patients a year, of the rounded count.
    [[nodiscard]] std::optional<double> rate(std::size_t place) const {
        const auto shown = shown_.at(0, rows_[place], 0).count;
        const double expected = funnel_.positions[place].expected;
        if (!shown || expected <= 0) return std::nullopt;
        return static_cast<double>(*shown) / expected * funnel_.reference_rate;
    }

  private:
    const PracticeFunnel& funnel_;
    std::vector<std::size_t> rows_;  // of a practice in the table
    ShownTable shown_;
};

json::value limits(const std::optional<Interval>& interval, const std::optional<double>& scale) {
    if (!interval || !scale) return nullptr;
    return json::object{{"lower", to_two_decimals(std::max(0.0, interval->lower) * *scale)},
                        {"upper", to_two_decimals(interval->upper * *scale)}};
}

// In twentieths of the reference rate: finer limits would tell the expected events exactly, and
// these add up to the exact sum of all practices' counts.
json::value rough_limits(const std::optional<Interval>& interval,
                         const std::optional<double>& reference) {
    if (!interval) return nullptr;
    const auto roughly = [](double limit) { return std::round(limit * 20) / 20; };
    return limits(Interval{roughly(interval->lower), roughly(interval->upper)}, reference);
}

// Expected events are sums over all practices' counts: told as roughly as the counts are.
json::value roughly_expected(double expected, const DisclosurePolicy& policy) {
    const auto step = static_cast<double>(policy.round_to);
    return std::round(expected / step) * step;
}

// How a practice stands, without counts and rates: the year's statements show other sums of the
// same events, and what is hidden there could be worked out from what would be shown here, be it
// the sum of all practices alone.
void take_counts_out(json::object& position) {
    for (const char* part :
         {"observed", "expected", "rate", "rate_95", "limits_95", "limits_998"}) {
        position[part] = nullptr;
    }
}

std::string gate_sentence(const DisclosurePolicy& policy) {
    return fmt::format(
        "Your role does not see small numbers (from {} to {}): how practices stand is shown, their "
        "counts, rates and months are not.",
        policy.smallest_hidden, policy.largest_hidden);
}

// Without the figures, which the whole sentence has to the last digit.
std::string standing_alone(const ComparedMeasure& measure) {
    if (measure.position.standing == Standing::cannot_tell) {
        return fmt::format("{}: it cannot be told from chance.", measure.name);
    }
    return fmt::format("{}: {}.", measure.name, in_words(measure.position.standing));
}

void gate_measure(json::object& object, const ComparedMeasure& measure) {
    take_counts_out(object.at("position").as_object());
    object["reference_rate"] = nullptr;
    object["peers_quartiles"] = nullptr;
    object["says"] = standing_alone(measure);
    object["chart_says"] = "";
    object["icon"] = json::object{{"letter", ""}, {"colour", ""}, {"says", ""}};
}

// The practice's own point as it is, the others without names and through the gate.
json::array funnel_points(const MeasureComparison& report, PracticeCode own,
                          const DisclosurePolicy& policy) {
    const OthersInFunnel others(report.funnel, own, policy);
    const std::optional<double> reference(report.funnel.reference_rate);
    json::array points;
    for (std::size_t place = 0; place < report.funnel.positions.size(); ++place) {
        const PracticePosition& position = report.funnel.positions[place];
        json::object point{{"own", position.practice == own},
                           {"standing", to_text(position.standing)}};
        if (position.practice == own) {
            point["expected"] = to_two_decimals(position.expected);
            point["rate"] = to_two_decimals(position.rate);
            point["limits_95"] = limits(position.limits_95, reference);
            point["limits_998"] = limits(position.limits_998, reference);
        } else {
            point["expected"] = roughly_expected(position.expected, policy);
            point["rate"] = to_two_decimals(others.rate(place));
            point["limits_95"] = rough_limits(position.limits_95, reference);
            point["limits_998"] = rough_limits(position.limits_998, reference);
        }
        points.push_back(std::move(point));
    }
    return points;
}

}  // namespace

std::string peers_page(const PracticeBenchmarks& report, const DisclosurePolicy* policy) {
    json::object page = json::parse(as_json(report)).as_object();
    if (policy == nullptr) return json::serialize(page);
    json::array& measures = page.at("measures").as_array();
    for (std::size_t i = 0; i < measures.size(); ++i) {
        gate_measure(measures[i].as_object(), report.measures[i]);
    }
    page["notes"] = json::array();
    page["gate_says"] = gate_sentence(*policy);
    return json::serialize(page);
}

std::string practice_measure_page(const PracticeMeasure& report, const Benchmarks& all,
                                  const DisclosurePolicy& others, bool sees_own) {
    const json::object whole =
        json::parse(peers_page(report.standing, sees_own ? nullptr : &others)).as_object();
    json::object page;
    for (const char* part : {"commissioner", "month", "month_in_words", "from", "closing", "code",
                             "name", "peers_says", "gate_says"}) {
        if (whole.contains(part)) page[part] = whole.at(part);
    }
    const std::size_t place = all.measures.find(report.comparison.measure.code).value();
    page["measure"] = whole.at("measures").as_array().at(place);
    page["funnel"] = sees_own ? funnel_points(report.comparison, report.standing.practice, others)
                              : json::array();
    page["funnel_why"] = sees_own ? report.comparison.funnel.why
                                  : "your role does not see the counts that it is drawn from";
    page["allows_for_dispersion"] = report.comparison.funnel.allows_for_dispersion;
    page["chart"] = nullptr;
    page["working"] = nullptr;
    if (sees_own) {
        page["chart"] = json::parse(as_json(report.chart));
        page["working"] = json::parse(as_json(report.working));
    }
    return json::serialize(page);
}

std::string measures_page(const Benchmarks& all) {
    json::array items;
    for (std::size_t i = 0; i < all.measures.all.size(); ++i) {
        const auto report = comparison_of(all, all.measures.all[i].code);
        CHECK(report.ok());
        const PracticeFunnel& funnel = report->funnel;
        items.push_back(json::object{{"code", report->measure.code},
                                     {"name", report->measure.name},
                                     {"says", report->says},
                                     {"within", funnel.count_of(Standing::within)},
                                     {"above", funnel.count_of(Standing::above)},
                                     {"below", funnel.count_of(Standing::below)},
                                     {"cannot_tell", funnel.count_of(Standing::cannot_tell)}});
    }
    return json::serialize(json::object{{"commissioner", all.heading.commissioner},
                                        {"month", to_text(all.heading.month)},
                                        {"month_in_words", in_words(all.heading.month)},
                                        {"from", to_text(all.heading.from)},
                                        {"closing", all.heading.closing},
                                        {"items", std::move(items)}});
}

std::string measure_page(const MeasureComparison& report, const DisclosurePolicy* policy) {
    json::object page = json::parse(as_json(report)).as_object();
    if (policy == nullptr) return json::serialize(page);
    for (json::value& practice : page.at("practices").as_array()) {
        take_counts_out(practice.as_object());
    }
    page["why"] = "your role does not see the counts that it is drawn from";
    for (const char* part : {"observed", "reference_rate"}) page[part] = nullptr;
    page["notes"] = json::array();
    page["gate_says"] = gate_sentence(*policy);
    return json::serialize(page);
}

}  // namespace purse
