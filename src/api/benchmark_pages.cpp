#include "api/benchmark_pages.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "render/benchmark_pages.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::value number(double value) { return std::round(value * 100) / 100; }

// A measure's counts as a reader without small counts may have them: the practices' and their sum.
class GatedFunnel {
  public:
    GatedFunnel(const PracticeFunnel& funnel, const DisclosurePolicy& policy) : funnel_(funnel) {
        DisclosureTable table;
        table.rows = funnel.positions.size();
        table.columns = 1;
        table.has_row_totals = false;
        for (const PracticePosition& position : funnel.positions) {
            table.cells.push_back({position.observed, std::nullopt});
        }
        shown_ = through_the_gate(table, policy);
    }
    [[nodiscard]] std::optional<std::int64_t> count(std::size_t place) const {
        return shown_.at(0, place, 0).count;
    }
    // For 1,000 patients a year, of the rounded sum.
    [[nodiscard]] std::optional<double> reference_rate() const {
        const auto sum = count(funnel_.positions.size());
        if (!sum || funnel_.patient_years <= 0) return std::nullopt;
        return 1000 * static_cast<double>(*sum) / funnel_.patient_years;
    }
    [[nodiscard]] std::optional<double> rate(std::size_t place) const {
        const auto shown = count(place);
        const auto reference = reference_rate();
        const double expected = funnel_.positions[place].expected;
        if (!shown || !reference || expected <= 0) return std::nullopt;
        return static_cast<double>(*shown) / expected * *reference;
    }
    [[nodiscard]] std::size_t place_of(PracticeCode practice) const {
        const PracticePosition* found = funnel_.find(practice);
        CHECK(found != nullptr);
        return static_cast<std::size_t>(found - funnel_.positions.data());
    }

  private:
    const PracticeFunnel& funnel_;
    ShownTable shown_;
};

json::value optional_number(const std::optional<double>& value) {
    return value ? number(*value) : json::value(nullptr);
}

json::value limits(const std::optional<Interval>& interval, const std::optional<double>& scale) {
    if (!interval || !scale) return nullptr;
    return json::object{{"lower", number(std::max(0.0, interval->lower) * *scale)},
                        {"upper", number(interval->upper * *scale)}};
}

// Expected events are sums over all practices' counts: told as roughly as the counts are.
json::value roughly_expected(double expected, const DisclosurePolicy& policy) {
    const auto step = static_cast<double>(policy.round_to);
    return std::round(expected / step) * step;
}

void put_gated(json::object& position, const PracticePosition& whole, const GatedFunnel& gated,
               std::size_t place, const DisclosurePolicy& policy) {
    const auto count = gated.count(place);
    const auto reference = gated.reference_rate();
    position["observed"] = count ? json::value(*count) : json::value(nullptr);
    position["expected"] = roughly_expected(whole.expected, policy);
    position["patient_years"] = std::round(whole.patient_years);
    position["rate"] = optional_number(gated.rate(place));
    position["rate_95"] = nullptr;
    position["limits_95"] = limits(whole.limits_95, reference);
    position["limits_998"] = limits(whole.limits_998, reference);
}

std::string gate_sentence(const DisclosurePolicy& policy) {
    return fmt::format(
        "Your role does not see small numbers: counts from {} to {} are left out, others are "
        "rounded to {}, rates are of rounded counts, and months are not shown.",
        policy.smallest_hidden, policy.largest_hidden, policy.round_to);
}

// Without the figures, which the whole sentence has to the last digit.
std::string standing_alone(const ComparedMeasure& measure) {
    if (measure.position.standing == Standing::cannot_tell) {
        return fmt::format("{}: it cannot be told from chance.", measure.name);
    }
    return fmt::format("{}: {}.", measure.name, in_words(measure.position.standing));
}

void gate_measure(json::object& object, const ComparedMeasure& measure,
                  const PracticeFunnel& funnel, const DisclosurePolicy& policy) {
    const GatedFunnel gated(funnel, policy);
    json::object& position = object.at("position").as_object();
    if (funnel.find(measure.position.practice) != nullptr) {
        put_gated(position, measure.position, gated, gated.place_of(measure.position.practice),
                  policy);
    }
    object["reference_rate"] = optional_number(gated.reference_rate());
    object["peers_quartiles"] = nullptr;
    object["says"] = standing_alone(measure);
    object["chart_says"] = "";
    object["icon"] = json::object{{"letter", ""}, {"colour", ""}, {"says", ""}};
}

const PracticeFunnel& funnel_of(const Benchmarks& all, const std::string& measure) {
    return all.funnels.at(all.measures.find(measure).value());
}

// The practice's own point as it is, the others without names and through the gate.
json::array funnel_points(const MeasureComparison& report, PracticeCode own,
                          const DisclosurePolicy& policy, bool sees_own) {
    const GatedFunnel gated(report.funnel, policy);
    json::array points;
    for (std::size_t place = 0; place < report.funnel.positions.size(); ++place) {
        const PracticePosition& position = report.funnel.positions[place];
        json::object point{{"own", position.practice == own},
                           {"standing", to_text(position.standing)}};
        if (position.practice == own && sees_own) {
            point["expected"] = number(position.expected);
            point["rate"] = optional_number(position.rate);
        } else {
            point["expected"] = roughly_expected(position.expected, policy);
            point["rate"] = optional_number(gated.rate(place));
        }
        const std::optional<double> scale =
            sees_own ? std::optional(report.funnel.reference_rate) : gated.reference_rate();
        point["limits_95"] = limits(position.limits_95, scale);
        point["limits_998"] = limits(position.limits_998, scale);
        points.push_back(std::move(point));
    }
    return points;
}

}  // namespace

std::string peers_page(const PracticeBenchmarks& report, const Benchmarks& all,
                       const DisclosurePolicy* policy) {
    json::object page = json::parse(as_json(report)).as_object();
    if (policy == nullptr) return json::serialize(page);
    json::array& measures = page.at("measures").as_array();
    for (std::size_t i = 0; i < measures.size(); ++i) {
        gate_measure(measures[i].as_object(), report.measures[i],
                     funnel_of(all, report.measures[i].code), *policy);
    }
    page["notes"] = json::array();
    page["gate_says"] = gate_sentence(*policy);
    return json::serialize(page);
}

std::string practice_measure_page(const PracticeMeasure& report, const Benchmarks& all,
                                  const DisclosurePolicy& others, bool sees_own) {
    const json::object whole =
        json::parse(peers_page(report.standing, all, sees_own ? nullptr : &others)).as_object();
    json::object page;
    for (const char* part : {"commissioner", "month", "month_in_words", "from", "closing", "code",
                             "name", "peers_says", "gate_says"}) {
        if (whole.contains(part)) page[part] = whole.at(part);
    }
    const std::size_t place = all.measures.find(report.comparison.measure.code).value();
    page["measure"] = whole.at("measures").as_array().at(place);
    page["funnel"] = funnel_points(report.comparison, report.standing.practice, others, sees_own);
    page["funnel_why"] = report.comparison.funnel.why;
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
    const GatedFunnel gated(report.funnel, *policy);
    json::array& practices = page.at("practices").as_array();
    for (std::size_t place = 0; place < practices.size(); ++place) {
        put_gated(practices[place].as_object(), report.funnel.positions[place], gated, place,
                  *policy);
    }
    const auto sum = gated.count(report.funnel.positions.size());
    page["observed"] = sum ? json::value(*sum) : json::value(nullptr);
    page["patient_years"] = std::round(report.funnel.patient_years);
    page["reference_rate"] = optional_number(gated.reference_rate());
    page["notes"] = json::array();
    page["gate_says"] = gate_sentence(*policy);
    return json::serialize(page);
}

}  // namespace purse
