#include <boost/json.hpp>

#include "render/challenged.hpp"
#include "render/json_values.hpp"
#include "render/rendering.hpp"

namespace purse {

namespace {

namespace json = boost::json;

json::object figures(const Figures& figures) {
    return {{"activity", figures.activity},
            {"bed_days", figures.bed_days},
            {"cost_pence", figures.cost.count()}};
}

// Spells, attendances and items together are no activity: the total has none.
json::object figures_of(const StatementRow& row, const Figures& amounts) {
    json::object object = figures(amounts);
    if (!row.one_kind) object["activity"] = nullptr;
    return object;
}

// Of the year to date; null where all is frozen, or nothing is known of how it becomes complete.
json::value when_complete(const StatementRow& row) {
    const auto range = expected_to_date(row);
    if (!range) return nullptr;
    return json::object{
        {"reported_pence", row.year_to_date.cost.count()},
        {"expected_pence", range->expected.count()},
        {"low_pence", range->low.count()},
        {"high_pence", range->high.count()},
        {"of_the_month_pence",
         (row.month.cost + row.more_in_month.value_or(ExpectedMore{}).more).count()},
        {"unknown", row.more_to_date->unknown}};
}

json::object row(const StatementRow& row) {
    json::object object{{"pack_line", row.pack_line},
                        {"code", row.code},
                        {"label", row.label},
                        {"loaded", row.loaded},
                        {"in_no_budget", row.outside},
                        {"counts_in_total", row.of_total},
                        {"month", figures_of(row, row.month)},
                        {"year_to_date", figures_of(row, row.year_to_date)}};
    object["last_year_to_date"] =
        row.last_year ? json::value(figures_of(row, *row.last_year)) : json::value(nullptr);
    object["annual_budget_pence"] = pence_or_null(row.annual_budget);
    object["budget_to_date_pence"] = pence_or_null(row.budget_to_date);
    object["variance_pence"] = pence_or_null(row.variance());
    object["when_complete"] = when_complete(row);
    return object;
}

json::object data_status(const DataStatus& status) {
    return {{"data_set", short_name(status.set)},
            {"month", to_text(status.month)},
            {"state", in_words(status.state)}};
}

json::object set_aside(const SetAside& group) {
    return {{"outcome", group.outcome},
            {"reason", group.reason},
            {"says", group.says},
            {"records", group.records}};
}

json::object tariff(const TariffUsed& used) {
    return {{"year", to_text(used.year)}, {"version", used.version}, {"label", used.label}};
}

json::object reject(const RejectCount& count) {
    return {{"reason", count.reason}, {"records", count.records}};
}

json::object merged(const MergedPart& part) {
    return {{"code", part.code}, {"name", part.name}, {"year_to_date", figures(part.year_to_date)}};
}

json::object outside(const OutsideRow& row) {
    return {{"code", row.code},
            {"label", row.label},
            {"why", row.why},
            {"month", figures(row.month)},
            {"year_to_date", figures(row.year_to_date)}};
}

json::object change(const ChangeRow& row) {
    return {{"account", row.account},
            {"line", row.code},
            {"label", row.label},
            {"from", to_text(row.from)},
            {"number", row.number},
            {"annual_pence", row.annual.count()},
            {"to_date_pence", row.to_date.count()},
            {"says", row.says}};
}

json::object summary_row(const SummaryRow& row) {
    return {
        {"code", row.code},
        {"name", row.name},
        {"is_practice", row.is_practice},
        {"month_cost_pence", row.month.cost.count()},
        {"year_to_date_cost_pence", row.year_to_date.cost.count()},
        {"annual_budget_pence", pence_or_null(row.annual_budget)},
        {"budget_to_date_pence", pence_or_null(row.budget_to_date)},
        {"variance_pence", pence_or_null(row.variance())},
        {"expected_when_complete_pence",
         row.more_to_date ? json::value((row.year_to_date.cost + row.more_to_date->more).count())
                          : json::value(nullptr)}};
}

}  // namespace

std::string as_json(const Statement& statement) {
    json::object object{{"commissioner", statement.commissioner},
                        {"code", statement.code},
                        {"name", statement.name},
                        {"is_practice", statement.is_practice},
                        {"month", to_text(statement.month)},
                        {"financial_year", to_text(statement.month.financial_year())},
                        {"closing", statement.closing},
                        {"says", first_sentence(statement)},
                        {"data_says", data_sentence(statement)},
                        {"completion_says", completion_sentence(statement)}};
    object["list_size"] =
        statement.list_size ? json::value(*statement.list_size) : json::value(nullptr);
    object["rows"] = array_of(statement.rows, row);
    object["total"] = row(statement.total);
    object["payable_year_to_date_pence"] = pence_or_null(statement.payable_year_to_date);
    object["contracts_say"] = array_of(statement.contracts_say,
                                       [](const std::string& says) { return json::value(says); });
    object["not_in_budget"] = array_of(statement.outside, outside);
    object["budget_changes"] = array_of(statement.changes, change);
    object["data"] = array_of(statement.data, data_status);
    object["set_aside"] = array_of(statement.set_aside, set_aside);
    object["rejects"] = array_of(statement.rejects, reject);
    object["merged"] = array_of(statement.merged, merged);
    object["tariffs"] = array_of(statement.tariffs, tariff);
    add_challenged(object, statement);
    object["indicative"] = indicative_sentence();
    return json::serialize(object) + "\n";
}

std::string as_json(const Summary& summary) {
    json::object object{{"commissioner", summary.commissioner},
                        {"month", to_text(summary.month)},
                        {"financial_year", to_text(summary.month.financial_year())},
                        {"closing", summary.closing}};
    object["practices"] = array_of(summary.rows, summary_row);
    object["practices_total"] = summary_row(summary.practices);
    object["unattributed_total"] = summary_row(summary.unattributed);
    object["total"] = summary_row(summary.total);
    object["lines"] = array_of(summary.lines, row);
    object["contracts_say"] =
        array_of(summary.contracts_say, [](const std::string& says) { return json::value(says); });
    object["not_in_budget"] = array_of(summary.outside, outside);
    object["data"] = array_of(summary.data, data_status);
    object["set_aside"] = array_of(summary.set_aside, set_aside);
    object["tariffs"] = array_of(summary.tariffs, tariff);
    add_challenged(object, summary);
    return json::serialize(object) + "\n";
}

}  // namespace purse
