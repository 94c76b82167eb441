#include <algorithm>
#include <charconv>

#include "api/data_pages.hpp"
#include "api/handlers.hpp"
#include "api/tables.hpp"
#include "intake/finding.hpp"

namespace purse {

namespace {

// A cursor is the number of the last item of the page before.
Result<std::optional<std::int64_t>> cursor_of(const Asked& asked) {
    const auto given = asked.request.target.asked("cursor");
    if (!given) return std::optional<std::int64_t>();
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (fault != std::errc() || end != given->data() + given->size()) {
        return bad_input("the cursor is not one that an earlier page gave");
    }
    return std::optional(value);
}

Result<std::optional<FinancialYear>> year_asked(const Asked& asked,
                                                const std::vector<FinancialYear>& years) {
    const auto given = asked.request.target.asked("year");
    if (given) {
        const auto year = parse_financial_year(*given);
        if (!year) return year.problem();
        return std::optional(*year);
    }
    if (years.empty()) return std::optional<FinancialYear>();
    return std::optional(years.front());
}

}  // namespace

Result<HttpResponse> read_data_status(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const Register& decisions = office.site.decisions();
    const auto years = years_of(decisions.batches());
    const auto year = year_asked(asked, years);
    if (!year) return year.problem();
    const auto months = *year ? loaded_months(decisions, **year) : std::vector<LoadedMonth>();
    const auto names = office.directory.names(office.site, asked.today());
    if (*format == TableFormat::json) {
        return json_response(data_status_page(*year, years, months, *names));
    }
    return table_download(table_of(months, *names), *format, "data",
                          {office.site.settings().name + ": data that count"});
}

Result<HttpResponse> list_batches(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto limit = asked.count("limit", 1, 500, 100);
    if (!limit) return limit.problem();
    const auto cursor = cursor_of(asked);
    if (!cursor) return cursor.problem();
    auto batches = office.site.decisions().batches();
    std::ranges::reverse(batches);
    if (*format != TableFormat::json) {
        return table_download(table_of(batches), *format, "loads",
                              {office.site.settings().name + ": loads"});
    }
    std::erase_if(batches,
                  [&](const auto& batch) { return *cursor && batch.number.value >= **cursor; });
    const bool more = batches.size() > *limit;
    if (more) batches.resize(*limit);
    return json_response(
        batches_page(batches, more ? std::optional(batches.back().number.value) : std::nullopt));
}

Result<HttpResponse> read_rejects(Office& office, const Asked& asked) {
    const auto number = asked.number("batch");
    if (!number) return number.problem();
    const auto batch = office.site.decisions().batch({*number});
    if (!batch) return batch.problem();
    const std::string name = "rejects-" + std::to_string(*number) + ".csv";
    HttpResponse response = download(rejects_heading(), "text/csv; charset=utf-8", name);
    if (batch->load.rejects.empty()) return response;
    response.body.reset();
    response.file = office.site.folder() / batch->load.rejects;
    office.site_for(asked).decisions().record_audit(
        {std::string(to_text(Action::read_patient_rows)), "batch " + std::to_string(*number),
         "rejects"});
    return response;
}

}  // namespace purse
