#include "answers/variance_json.hpp"

#include <boost/json.hpp>

namespace purse {

namespace {

namespace json = boost::json;

json::object parts_of(const Variance& sum) {
    json::array parts;
    for (const VariancePart part : all_variance_parts) {
        parts.push_back(json::object{{"part", to_text(part)},
                                     {"in_words", in_words(part)},
                                     {"pence", sum.part(part).count()},
                                     {"in_variance", is_of_statement(part)}});
    }
    json::array price;
    for (const PricePart part : all_price_parts) {
        price.push_back(json::object{{"part", to_text(part)},
                                     {"in_words", in_words(part)},
                                     {"pence", sum.price[static_cast<std::size_t>(part)].count()},
                                     {"in_variance", true}});
    }
    return {{"budget_pence", sum.budget().count()},
            {"used_pence", sum.reported().count()},
            {"variance_pence", sum.total().count()},
            {"complete_pence", sum.complete().count()},
            {"complete_less_held_out_pence", sum.undisputed().count()},
            {"planned", whole_records(sum.planned)},
            {"expected", whole_records(sum.expected_count)},
            {"recorded", sum.count},
            {"parts", std::move(parts)},
            {"price_parts", std::move(price)}};
}

json::array reasons_of(const LargestReasons& reasons) {
    json::array all;
    for (const VarianceReason& reason : reasons.reasons) {
        all.push_back(json::object{{"line", name_of(reason.line).code},
                                   {"part", to_text(reason.part)},
                                   {"pence", reason.amount.count()},
                                   {"says", sentence_of(reason)},
                                   {"within_chance", reason.within_chance()}});
    }
    return all;
}

json::object line_of(const LineVariance& line) {
    json::object one = parts_of(line.sum);
    one["line"] = name_of(line.line).code;
    one["label"] = name_of(line.line).name;
    const auto rounded = [](double limit) { return static_cast<std::int64_t>(limit + 0.5); };
    one["chance_low"] = rounded(line.range.chance.lower);
    one["chance_high"] = rounded(line.range.chance.upper);
    one["usual_low"] = rounded(line.range.usual.lower);
    one["usual_high"] = rounded(line.range.usual.upper);
    one["standing"] = standing_of(line.sum.count, line.range);
    return one;
}

json::array rows_of(const VarianceDrill& drill) {
    json::array rows;
    for (const VarianceRow& row : drill.rows) {
        json::object one = parts_of(row.sum);
        one["code"] = row.code;
        one["name"] = row.name;
        rows.push_back(std::move(one));
    }
    return rows;
}

json::array details_of(const VarianceDrill& drill) {
    json::array rows;
    for (const DetailRow& row : drill.details) {
        rows.push_back(json::object{{"code", row.code},
                                    {"name", row.name},
                                    {"planned", whole_records(row.planned)},
                                    {"planned_cost_pence", row.planned_cost.count()},
                                    {"recorded", row.count},
                                    {"cost_pence", row.cost.count()},
                                    {"difference_pence", row.difference().count()},
                                    {"severity_pence", row.severity.count()},
                                    {"price_pence", row.price.count()}});
    }
    return rows;
}

json::value day_of(const std::optional<Date>& day) {
    return day ? json::value(to_text(*day)) : json::value(nullptr);
}

json::object repriced(const RepricedLine& line) {
    return {{"records", line.records},
            {"now_pence", line.now.count()},
            {"other_pence", line.other.count()},
            {"difference_pence", line.difference().count()}};
}

}  // namespace

std::string as_json(const PracticeVariance& variance, const VarianceDrill& drill) {
    json::array lines;
    for (const LineVariance& line : variance.lines) lines.push_back(line_of(line));
    return json::serialize(
        json::object{{"code", variance.code},
                     {"name", variance.name},
                     {"month", to_text(variance.month)},
                     {"month_in_words", in_words(variance.month)},
                     {"closing", variance.closing},
                     {"total", parts_of(variance.total)},
                     {"reasons", reasons_of(variance.reasons)},
                     {"everything_else_pence", variance.reasons.everything_else.count()},
                     {"beyond_statement", beyond_statement(variance.total)},
                     {"plan", variance.plan.says},
                     {"lines", std::move(lines)},
                     {"by", to_text(drill.by)},
                     {"title", drill.title},
                     {"asked", parts_of(drill.sum)},
                     {"rows", rows_of(drill)},
                     {"details", details_of(drill)},
                     {"of_no_detail_pence", drill.of_no_detail.count()},
                     {"notes", json::value_from(variance.notes)}});
}

std::string as_json(const PatientList& list) {
    json::array rows;
    for (const PatientRow& row : list.rows) {
        rows.push_back(json::object{{"patient", row.patient},
                                    {"record_id", row.record_id},
                                    {"provider", row.provider},
                                    {"hrg", row.hrg},
                                    {"admitted", day_of(row.admitted)},
                                    {"discharged", day_of(row.discharged)},
                                    {"says", row.says},
                                    {"cost_pence", row.cost.count()}});
    }
    return json::serialize(json::object{{"kind", to_text(list.kind)},
                                        {"title", list.title},
                                        {"source", list.source},
                                        {"patients", list.patients},
                                        {"total_pence", list.total.count()},
                                        {"rows", std::move(rows)}});
}

std::string as_json(const Repricing& repricing) {
    json::array lines;
    for (const RepricedLine& line : repricing.lines) {
        json::object one = repriced(line);
        one["line"] = name_of(line.line).code;
        one["label"] = name_of(line.line).name;
        lines.push_back(std::move(one));
    }
    return json::serialize(json::object{{"title", repricing.title},
                                        {"prices_now", repricing.prices_now},
                                        {"prices_other", repricing.prices_other},
                                        {"lines", std::move(lines)},
                                        {"total", repriced(repricing.total)},
                                        {"notes", json::value_from(repricing.notes)},
                                        {"seconds", repricing.seconds}});
}

}  // namespace purse
