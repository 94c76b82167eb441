#include "api/data_pages.hpp"

#include <boost/json.hpp>
#include <set>

#include "reports/statement.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string name_in(const Names& names, ProviderCode provider) {
    const auto found = names.providers.find(provider);
    return found == names.providers.end() ? provider.text() : found->second;
}

std::string_view state_of(Extract stage) {
    return in_words(stage == Extract::freeze ? DataState::frozen
                    : stage == Extract::flex ? DataState::flex
                                             : DataState::early);
}

std::int64_t rows_of(const NewBatch& load, ProviderCode provider) {
    for (const ProviderRows& rows : load.providers) {
        if (rows.provider == provider) return rows.rows;
    }
    return 0;
}

json::object batch_object(const BatchInfo& batch) {
    const NewBatch& load = batch.load;
    json::array files;
    for (const SourceFile& file : load.files) files.emplace_back(file.name);
    json::array reasons;
    for (const ReasonCount& reason : load.reasons) {
        reasons.push_back(json::object{
            {"reason", reason.reason}, {"severity", reason.severity}, {"count", reason.count}});
    }
    return {{"number", batch.number.value},        {"data_set", short_name(load.set)},
            {"month", to_text(load.month)},        {"extract", to_text(load.stage)},
            {"files", std::move(files)},           {"layout", load.layout},
            {"loaded_at", load.loaded_at},         {"rows_in", load.rows.in},
            {"accepted", load.rows.accepted},      {"rejected", load.rows.rejected},
            {"warned", load.rows.warned},          {"reasons", std::move(reasons)},
            {"has_rejects", !load.rejects.empty()}};
}

}  // namespace

std::vector<LoadedMonth> loaded_months(const Register& decisions, FinancialYear year) {
    std::vector<LoadedMonth> months;
    for (const DataSet set : all_data_sets) {
        for (const CurrentBatch& current :
             decisions.current_batches(set, year.first_month(), year.last_month())) {
            for (const ProviderCode provider : current.providers) {
                months.push_back({current.batch, provider, rows_of(current.batch.load, provider)});
            }
        }
    }
    return months;
}

std::vector<FinancialYear> years_of(const std::vector<BatchInfo>& batches) {
    std::set<FinancialYear> years;
    for (const BatchInfo& batch : batches) years.insert(batch.load.month.financial_year());
    return {years.rbegin(), years.rend()};
}

std::string data_status_page(std::optional<FinancialYear> year,
                             const std::vector<FinancialYear>& years,
                             const std::vector<LoadedMonth>& months, const Names& names) {
    json::array items;
    for (const LoadedMonth& month : months) {
        const NewBatch& load = month.batch.load;
        items.push_back(json::object{{"data_set", short_name(load.set)},
                                     {"data_set_in_words", in_words(load.set)},
                                     {"provider", month.provider.text()},
                                     {"provider_name", name_in(names, month.provider)},
                                     {"month", to_text(load.month)},
                                     {"state", state_of(load.stage)},
                                     {"batch", month.batch.number.value},
                                     {"records", month.records},
                                     {"batch_rejected", load.rows.rejected},
                                     {"loaded_at", load.loaded_at}});
    }
    json::array all_years;
    for (const FinancialYear one : years) all_years.emplace_back(to_text(one));
    return json::serialize(
        json::object{{"year", year ? json::value(to_text(*year)) : json::value(nullptr)},
                     {"years", std::move(all_years)},
                     {"items", std::move(items)}});
}

ReportTable table_of(const std::vector<LoadedMonth>& months, const Names& names) {
    ReportTable table;
    table.headings = {"data_set", "provider", "provider_name",  "month",    "state",
                      "batch",    "records",  "batch_rejected", "loaded_at"};
    for (const LoadedMonth& month : months) {
        const NewBatch& load = month.batch.load;
        table.rows.push_back({std::string(short_name(load.set)), month.provider.text(),
                              name_in(names, month.provider), to_text(load.month),
                              std::string(state_of(load.stage)), month.batch.number.value,
                              month.records, load.rows.rejected, load.loaded_at});
    }
    return table;
}

std::string batches_page(const std::vector<BatchInfo>& batches, std::optional<std::int64_t> next) {
    json::array items;
    for (const BatchInfo& batch : batches) items.push_back(batch_object(batch));
    return json::serialize(
        json::object{{"items", std::move(items)},
                     {"next", next ? json::value(std::to_string(*next)) : json::value(nullptr)}});
}

}  // namespace purse
