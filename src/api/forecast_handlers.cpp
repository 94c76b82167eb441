#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/figure_pages.hpp"
#include "api/handlers.hpp"
#include "api/tables.hpp"
#include "desk/load_changes.hpp"
#include "desk/year_forecasts.hpp"
#include "render/year_end_pages.hpp"

namespace purse {

namespace {

namespace json = boost::json;

Result<HttpResponse> answer_for(Office& office, const Asked& asked, Account account) {
    const auto format = format_asked(asked.request, true);
    if (!format) return format.problem();
    if (const auto seen = may_see_small_counts(office, asked); !seen) return seen.problem();
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const auto made = [&]() -> Result<YearEnd> {
        const auto kept = forecast_of(office.site, (*month)->reports());
        if (!kept) return kept.problem();
        return year_end_of((*month)->reports(), *kept, account);
    };
    if (*format != TableFormat::json) {
        const auto year_end = made();
        if (!year_end) return year_end.problem();
        const std::string who = account.empty() ? "all" : account.text();
        return report_download(*year_end, *format,
                               fmt::format("forecast-{}-{}", who, to_text((*month)->month())));
    }
    const auto page = (*month)->page("forecast " + account.text(), [&]() -> Result<std::string> {
        const auto year_end = made();
        if (!year_end) return year_end.problem();
        return as_json(*year_end);
    });
    if (!page) return page.problem();
    HttpResponse response;
    response.content_type = "application/json";
    response.body = *page;
    return with_etag(std::move(response), asked.request);
}

json::object object_of(const LoadChangeSum& sum) {
    return {{"records", sum.records},
            {"before_pence", sum.before.count()},
            {"after_pence", sum.after.count()}};
}

std::string changes_page(const LoadChanges& changes) {
    json::array reasons;
    for (const LoadChangeSum& sum : changes.by_reason) {
        json::object one = object_of(sum);
        one["reason"] = to_text(sum.reason);
        one["says"] = in_words(sum.reason);
        reasons.push_back(std::move(one));
    }
    return json::serialize(json::object{{"from_batch", changes.from.number.value},
                                        {"to_batch", changes.to.number.value},
                                        {"says", changes.says()},
                                        {"reasons", std::move(reasons)},
                                        {"all", object_of(changes.total)}});
}

ReportTable table_of(const LoadChanges& changes) {
    ReportTable table;
    table.headings = {"reason", "account", "line", "records", "before", "after"};
    for (const BatchChange& change : changes.details) {
        table.rows.push_back({std::string(to_text(change.reason)), change.account.text(),
                              std::string(name_of(change.line).code), change.records,
                              rounded(change.before, Rounding::half_up),
                              rounded(change.after, Rounding::half_up)});
    }
    return table;
}

}  // namespace

Result<HttpResponse> read_forecast(Office& office, const Asked& asked) {
    return answer_for(office, asked, Account(asked.in_path.at("practice")));
}

Result<HttpResponse> read_all_forecasts(Office& office, const Asked& asked) {
    return answer_for(office, asked, Account());
}

Result<HttpResponse> why_forecast(Office& office, const Asked& asked) {
    if (const auto seen = may_see_small_counts(office, asked); !seen) return seen.problem();
    const std::string& code = asked.in_path.at("line");
    std::optional<BudgetLine> line;
    if (code != "total") {
        const auto named = parse_budget_line(code);
        if (!named) return named.problem();
        line = *named;
    }
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const auto kept = forecast_of(office.site, (*month)->reports());
    if (!kept) return kept.problem();
    const auto working =
        forecast_working((*month)->reports(), *kept, Account(asked.in_path.at("practice")), line);
    if (!working) return working.problem();
    return json_response(working_page(*working));
}

Result<HttpResponse> read_load_changes(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    if (const auto seen = may_see_small_counts(office, asked); !seen) return seen.problem();
    const auto number = asked.number("batch");
    if (!number) return number.problem();
    const auto batch = office.site.decisions().batch({*number});
    if (!batch) return batch.problem();
    const auto changes =
        changes_of_load(office.site, {batch->load.set, batch->load.month, {}, batch->number, {}});
    if (!changes) return changes.problem();
    if (*format != TableFormat::json) {
        return table_download(table_of(*changes), *format, fmt::format("changes-{}", *number),
                              {changes->says()});
    }
    return json_response(changes_page(*changes));
}

}  // namespace purse
