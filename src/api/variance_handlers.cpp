#include <fmt/format.h>

#include "answers/variance_json.hpp"
#include "answers/variance_tables.hpp"
#include "api/figure_pages.hpp"
#include "api/handlers.hpp"
#include "api/tables.hpp"

namespace purse {

namespace {

struct OpenedVariances {
    std::shared_ptr<const OpenedMonth> month;
    MonthVariances variances;  // with what is under open challenge today held out
};

Result<OpenedVariances> opened_variances(Office& office, const Asked& asked) {
    if (const auto sees = may_see_small_counts(office, asked); !sees) return sees.problem();
    const auto wanted = asked.month_asked();
    if (!wanted) return wanted.problem();
    const auto month = office.months.open(office.site, *wanted);
    if (!month) return month.problem();
    const MonthReports& reports = (*month)->reports();
    const auto variances = office.variances.of(office.site, reports);
    if (!variances) return variances.problem();
    const auto challenged = challenged_month(office.site, reports, asked.today());
    if (!challenged) return challenged.problem();
    return OpenedVariances{*month, (*variances)->holding_out(reports, *challenged)};
}

Result<std::optional<BudgetLine>> line_asked(const Asked& asked) {
    const std::string text = asked.text("line");
    if (text.empty()) return std::optional<BudgetLine>();
    const auto line = parse_budget_line(text);
    if (!line) return line.problem();
    return std::optional<BudgetLine>(*line);
}

Result<RepriceRequest> reprice_request(const Asked& asked) {
    RepriceRequest request;
    const auto month = asked.month_asked();
    if (!month) return month.problem();
    if (!*month) return bad_input("say the month to which the year is priced: ?month=2017-09");
    request.month = **month;
    if (const std::string tariff = asked.text("tariff"); !tariff.empty()) {
        const auto year = parse_financial_year(tariff);
        if (!year) return year.problem();
        request.tariff = *year;
    }
    if (const std::string text = asked.text("mff"); !text.empty()) {
        const auto factor = parse_factor(text);
        if (!factor) return factor.problem();
        if (factor->millionths() <= 0) return bad_input("a market forces factor is above 0");
        request.market_forces = *factor;
    }
    request.provider = ProviderCode(asked.text("provider"));
    return request;
}

}  // namespace

Result<HttpResponse> read_variance(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto line = line_asked(asked);
    if (!line) return line.problem();
    const std::string by_text = asked.text("by");
    const auto by = parse_variance_by(by_text.empty() ? "line" : by_text);
    if (!by) return by.problem();
    const auto month = opened_variances(office, asked);
    if (!month) return month.problem();
    const std::string& practice = asked.in_path.at("practice");
    const auto variance = month->variances.of(practice);
    if (!variance) return variance.problem();
    const auto drill = variance_drill(office.site, month->month->reports(), month->variances,
                                      practice, *by, *line);
    if (!drill) return drill.problem();
    if (*format != TableFormat::json) {
        return table_download(
            table_of(*drill), *format,
            fmt::format("{}-variance-{}", practice, to_text(month->month->month())),
            {drill->title});
    }
    return with_etag(json_response(as_json(*variance, *drill)), asked.request);
}

Result<HttpResponse> why_variance(Office& office, const Asked& asked) {
    const auto line = line_asked(asked);
    if (!line) return line.problem();
    const std::string& text = asked.in_path.at("part");
    const auto month = opened_variances(office, asked);
    if (!month) return month.problem();
    const auto variance = month->variances.of(asked.in_path.at("practice"));
    if (!variance) return variance.problem();
    if (text == "all") {
        const auto working = variance_working(*variance, *line);
        if (!working) return working.problem();
        return json_response(working_page(*working));
    }
    const auto part = parse_variance_part(text);
    if (!part) return part.problem();
    const auto working = variance_working(*variance, *part, *line);
    if (!working) return working.problem();
    return json_response(working_page(*working));
}

Result<HttpResponse> list_patients(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto kind = parse_patient_list_kind(asked.in_path.at("kind"));
    if (!kind) return kind.problem();
    const auto wanted = asked.month_asked();
    if (!wanted) return wanted.problem();
    const auto month = office.months.open(office.site, *wanted);
    if (!month) return month.problem();
    const std::string& practice = asked.in_path.at("practice");
    const auto list = patient_list(office.site, (*month)->reports(), practice, *kind);
    if (!list) return list.problem();
    office.site_for(asked).decisions().record_audit(
        {std::string(to_text(Action::read_patient_rows)), practice,
         fmt::format("{} patients: {}", to_text((*month)->month()), to_text(*kind))});
    if (*format != TableFormat::json) {
        return table_download(
            table_of(*list), *format,
            fmt::format("{}-{}-{}", practice, to_text(*kind), to_text((*month)->month())),
            {list->title});
    }
    return json_response(as_json(*list));
}

Result<HttpResponse> reprice_practice(Office& office, const Asked& asked) {
    if (const auto sees = may_see_small_counts(office, asked); !sees) return sees.problem();
    auto request = reprice_request(asked);
    if (!request) return request.problem();
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    request->practice = *practice;
    const auto repricing = reprice(office.site, *request);
    if (!repricing) return repricing.problem();
    return json_response(as_json(*repricing));
}

Result<HttpResponse> reprice_site(Office& office, const Asked& asked) {
    // Exact totals would tell what the gate hides in a practice's.
    if (const auto sees = may_see_small_counts(office, asked); !sees) return sees.problem();
    const auto request = reprice_request(asked);
    if (!request) return request.problem();
    const auto repricing = reprice(office.site, *request);
    if (!repricing) return repricing.problem();
    return json_response(as_json(*repricing));
}

}  // namespace purse
