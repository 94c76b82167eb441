#include <boost/json.hpp>

#include "render/json_values.hpp"
#include "render/pack_pages.hpp"
#include "render/year_end_pages.hpp"

namespace purse {

namespace {

namespace json = boost::json;

// Spells, attendances and items together are no activity.
json::value activity(const StatementRow& row, const std::optional<Figures>& figures) {
    return figures && row.one_kind ? json::value(figures->activity) : json::value(nullptr);
}

json::object period(const StatementRow& row, const Figures& figures,
                    const std::optional<Pence>& budget, const std::optional<Pence>& variance,
                    const std::optional<Figures>& last_year) {
    return {{"activity", activity(row, figures)},
            {"bed_days", figures.bed_days},
            {"cost_pence", figures.cost.count()},
            {"budget_pence", pence_or_null(budget)},
            {"variance_pence", pence_or_null(variance)},
            {"last_year_activity", activity(row, last_year)},
            {"last_year_cost_pence",
             pence_or_null(last_year ? std::optional(last_year->cost) : std::nullopt)}};
}

json::object pack_row_object(const PackRow& one) {
    const StatementRow& row = one.row;
    return {{"pack_line", row.pack_line},
            {"code", row.code},
            {"label", row.label},
            {"loaded", row.loaded},
            {"in_no_budget", row.outside},
            {"counts_in_total", row.of_total},
            {"month",
             period(row, row.month, one.month_budget, one.month_variance(), one.last_years_month)},
            {"year_to_date",
             period(row, row.year_to_date, row.budget_to_date, row.variance(), row.last_year)},
            {"for_1000_patients_a_year",
             json::object{{"practice", rate_or_null(one.rates.practice)},
                          {"all_practices", rate_or_null(one.rates.commissioner)},
                          {"national", rate_or_null(one.rates.national)}}}};
}

json::object standardised(const PackStandardised& one) {
    json::object object{{"code", one.code},
                        {"name", one.name},
                        {"means", one.means},
                        {"rate", rate_or_null(one.rate)},
                        {"all_practices", rate_or_null(one.commissioner)},
                        {"national", rate_or_null(one.national)},
                        {"standing", one.standing}};
    object["rate_95"] = one.rate_95
                            ? json::value(json::array{one.rate_95->lower, one.rate_95->upper})
                            : json::value(nullptr);
    return object;
}

json::object block(const BlockShare& share) {
    return {{"provider", share.provider.text()},
            {"line", name_of(share.line).code},
            {"apportioned_by", to_text(share.rule)},
            {"contract_annual_pence", share.contract.count()},
            {"annual_pence", share.annual.count()},
            {"to_date_pence", share.to_date.count()},
            {"month_pence", share.month.count()},
            {"weight", static_cast<double>(share.weight) / 1000},
            {"weight_of_all", static_cast<double>(share.whole) / 1000}};
}

json::value waiting(const Pack& pack) {
    if (!pack.waiting) return nullptr;
    return json::object{{"as_at", to_text(pack.waiting->as_at)},
                        {"for_outpatients", pack.waiting->for_outpatients},
                        {"for_admission", pack.waiting->for_admission},
                        {"weeks_18_and_more", pack.waiting->weeks_18_and_more},
                        {"to_come_pence", pack.waiting->to_come.count()},
                        {"unpriced", pack.waiting->unpriced},
                        {"says", waiting_sentence(pack)}};
}

}  // namespace

std::string as_json(const Pack& pack) {
    const Statement& statement = pack.statement;
    json::object object{{"commissioner", statement.commissioner},
                        {"practice", statement.code},
                        {"name", statement.name},
                        {"month", to_text(statement.month)},
                        {"closing", statement.closing},
                        {"says", first_sentence(statement)},
                        {"data", data_sentence(statement)}};
    object["list_size"] =
        statement.list_size ? json::value(*statement.list_size) : json::value(nullptr);
    object["lines"] = array_of(pack.rows, pack_row_object);
    object["stay"] = stay_sentence(pack);
    object["blocks"] = array_of(pack.blocks, block);
    object["national"] = pack.national;
    object["standardised"] = array_of(pack.standardised, standardised);
    object["not_standardised"] = pack.not_standardised;
    object["reasons"] = array_of(pack.reasons, [](const PackReason& reason) {
        return json::object{{"amount_pence", reason.amount.count()}, {"says", reason.says}};
    });
    object["everything_else_pence"] = pence_or_null(pack.everything_else);
    object["beyond_statement"] = pack.beyond_statement;
    object["no_reasons"] = pack.no_reasons;
    const auto text = [](const std::string& says) { return json::value(says); };
    object["prescribing"] = array_of(pack.prescribing, text);
    object["waiting"] = waiting(pack);
    object["challenges"] = pack.challenges;
    object["year_end"] = nullptr;
    if (pack.year_end) object["year_end"] = object_of(*pack.year_end);
    object["no_year_end"] = pack.no_year_end;
    object["notes"] = array_of(pack.notes, text);
    object["indicative"] = indicative_sentence();
    return json::serialize(object) + "\n";
}

}  // namespace purse
