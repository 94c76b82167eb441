#include <algorithm>
#include <charconv>
#include <span>

#include "api/data_pages.hpp"
#include "api/handlers.hpp"
#include "api/tables.hpp"
#include "intake/finding.hpp"

namespace purse {

namespace {

Problem not_an_earlier_cursor() {
    return bad_input("the cursor is not one that an earlier page gave");
}

// A cursor is the number of the last item of the page before.
Result<std::optional<std::int64_t>> cursor_of(const Asked& asked) {
    const auto given = asked.request.target.asked("cursor");
    if (!given) return std::optional<std::int64_t>();
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (fault != std::errc() || end != given->data() + given->size()) {
        return not_an_earlier_cursor();
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

CountsShown counts_shown_to(const Office& office, const Asked& asked) {
    if (may(office, asked, Action::read_small_counts)) return CountsShown();
    return CountsShown(office.access.disclosure);
}

// What comes after the item that the cursor names.
Result<std::span<const LoadedMonth>> from_cursor(std::span<const LoadedMonth> months,
                                                 const std::string& cursor) {
    if (cursor.empty()) return months;
    for (std::size_t at = 0; at < months.size(); ++at) {
        if (cursor_after(months[at]) == cursor) return months.subspan(at + 1);
    }
    return not_an_earlier_cursor();
}

}  // namespace

Result<HttpResponse> read_data_status(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const Register& decisions = office.site.decisions();
    const auto years = years_of(decisions.batches());
    const auto year = year_asked(asked, years);
    if (!year) return year.problem();
    const auto limit = asked.count("limit", 1, 500, 100);
    if (!limit) return limit.problem();
    const auto months = *year ? loaded_months(decisions, **year) : std::vector<LoadedMonth>();
    const auto names = office.directory.names(office.site, asked.today());
    const CountsShown shown = counts_shown_to(office, asked);
    if (*format == TableFormat::json) {
        const auto rest = from_cursor(months, asked.text("cursor"));
        if (!rest) return rest.problem();
        const auto page = rest->first(std::min(rest->size(), *limit));
        const std::string next = page.size() < rest->size() ? cursor_after(page.back()) : "";
        return json_response(data_status_page(*year, years, page, next, *names, shown));
    }
    return table_download(table_of(months, *names, shown), *format, "data",
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
        return table_download(table_of(batches, counts_shown_to(office, asked)), *format, "loads",
                              {office.site.settings().name + ": loads"});
    }
    std::erase_if(batches,
                  [&](const auto& batch) { return *cursor && batch.number.value >= **cursor; });
    const bool more = batches.size() > *limit;
    if (more) batches.resize(*limit);
    return json_response(
        batches_page(batches, more ? std::optional(batches.back().number.value) : std::nullopt,
                     counts_shown_to(office, asked)));
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
