#include "api/data_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
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

// A count as its reader may see it.
json::value in_json(const std::optional<std::int64_t>& count) {
    return count ? json::value(*count) : json::value(nullptr);
}
TableCell in_cell(const std::optional<std::int64_t>& count, const CountsShown& shown) {
    return count ? TableCell(*count) : TableCell(shown.mark());
}

json::object batch_object(const BatchInfo& batch, const CountsShown& shown) {
    const NewBatch& load = batch.load;
    json::array files;
    for (const SourceFile& file : load.files) files.emplace_back(file.name);
    json::array reasons;
    const ShownRows rows = shown.rows_of(load);
    for (const ReasonCount& reason : load.reasons) {
        reasons.push_back(json::object{{"reason", reason.reason},
                                       {"severity", reason.severity},
                                       {"count", in_json(shown.of(reason.count))}});
    }
    return {{"number", batch.number.value},        {"data_set", short_name(load.set)},
            {"month", to_text(load.month)},        {"extract", to_text(load.stage)},
            {"files", std::move(files)},           {"layout", load.layout},
            {"loaded_at", load.loaded_at},         {"rows_in", in_json(rows.in)},
            {"accepted", in_json(rows.accepted)},  {"rejected", in_json(rows.rejected)},
            {"warned", in_json(rows.warned)},      {"reasons", std::move(reasons)},
            {"has_rejects", !load.rejects.empty()}};
}

}  // namespace

std::optional<std::int64_t> CountsShown::of(std::int64_t count) const {
    if (policy_ == nullptr) return count;
    const std::string text = shown_count(count, *policy_);
    if (text == policy_->mark) return std::nullopt;
    return std::stoll(text);
}

std::string CountsShown::mark() const { return policy_ == nullptr ? "" : policy_->mark; }

ShownRows CountsShown::rows_of(const NewBatch& load) const {
    ShownRows rows{of(load.rows.in), of(load.rows.accepted), of(load.rows.rejected),
                   of(load.rows.warned)};
    const auto hide_with = [](std::optional<std::int64_t>& total, bool part_is_hidden) {
        if (part_is_hidden) total.reset();
    };
    hide_with(rows.accepted, std::ranges::any_of(load.providers, [&](const ProviderRows& part) {
                  return !of(part.rows);
              }));
    for (const ReasonCount& reason : load.reasons) {
        const bool hidden = !of(reason.count);
        hide_with(reason.severity == "reject" ? rows.rejected : rows.warned, hidden);
    }
    hide_with(rows.in, !rows.accepted || !rows.rejected);
    return rows;
}

std::string cursor_after(const LoadedMonth& month) {
    return fmt::format("{} {} {}", short_name(month.batch.load.set),
                       to_text(month.batch.load.month), month.provider.text());
}

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
                             std::span<const LoadedMonth> months, const std::string& next,
                             const Names& names, const CountsShown& shown) {
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
                                     {"records", in_json(shown.of(month.records))},
                                     {"batch_rejected", in_json(shown.rows_of(load).rejected)},
                                     {"loaded_at", load.loaded_at}});
    }
    json::array all_years;
    for (const FinancialYear one : years) all_years.emplace_back(to_text(one));
    return json::serialize(
        json::object{{"year", year ? json::value(to_text(*year)) : json::value(nullptr)},
                     {"years", std::move(all_years)},
                     {"items", std::move(items)},
                     {"next", next.empty() ? json::value(nullptr) : json::value(next)}});
}

ReportTable table_of(const std::vector<LoadedMonth>& months, const Names& names,
                     const CountsShown& shown) {
    ReportTable table;
    table.headings = {"data_set", "provider", "provider_name",  "month",    "state",
                      "batch",    "records",  "batch_rejected", "loaded_at"};
    for (const LoadedMonth& month : months) {
        const NewBatch& load = month.batch.load;
        table.rows.push_back({std::string(short_name(load.set)), month.provider.text(),
                              name_in(names, month.provider), to_text(load.month),
                              std::string(state_of(load.stage)), month.batch.number.value,
                              in_cell(shown.of(month.records), shown),
                              in_cell(shown.rows_of(load).rejected, shown), load.loaded_at});
    }
    return table;
}

ReportTable table_of(const std::vector<BatchInfo>& batches, const CountsShown& shown) {
    ReportTable table;
    table.headings = {"batch",   "data_set", "month",    "extract", "files",    "layout",
                      "rows_in", "accepted", "rejected", "warned",  "loaded_at"};
    for (const BatchInfo& batch : batches) {
        const NewBatch& load = batch.load;
        std::string files;
        for (const SourceFile& file : load.files) files += (files.empty() ? "" : "; ") + file.name;
        const ShownRows rows = shown.rows_of(load);
        table.rows.push_back({batch.number.value, std::string(short_name(load.set)),
                              to_text(load.month), std::string(to_text(load.stage)), files,
                              load.layout, in_cell(rows.in, shown), in_cell(rows.accepted, shown),
                              in_cell(rows.rejected, shown), in_cell(rows.warned, shown),
                              load.loaded_at});
    }
    return table;
}

std::string batches_page(const std::vector<BatchInfo>& batches, std::optional<std::int64_t> next,
                         const CountsShown& shown) {
    json::array items;
    for (const BatchInfo& batch : batches) items.push_back(batch_object(batch, shown));
    return json::serialize(
        json::object{{"items", std::move(items)},
                     {"next", next ? json::value(std::to_string(*next)) : json::value(nullptr)}});
}

}  // namespace purse
