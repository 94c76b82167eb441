#include <fmt/format.h>

#include "api/benchmark_pages.hpp"
#include "api/handlers.hpp"
#include "api/json_body.hpp"
#include "api/tables.hpp"
#include "desk/prescribing.hpp"
#include "render/benchmark_pages.hpp"
#include "render/prescribing_pages.hpp"

namespace purse {

namespace {

using Compared = std::shared_ptr<const Benchmarks>;

Result<Compared> compared(Office& office, const Asked& asked) {
    const auto month = asked.month_asked();
    if (!month) return month.problem();
    const auto opened = office.months.open(office.site, *month);
    if (!opened) return opened.problem();
    return office.benchmarks.of(office.site, (*opened)->month(),
                                (*opened)->reports().closing.sequence);
}

Problem small_counts_in_it() {
    return {ProblemKind::forbidden,
            "this shows small numbers of people, which your role may not see"};
}

Result<PracticeMeasure> practice_measure(const Office& office, const Asked& asked,
                                         const Benchmarks& all) {
    const std::string& practice = asked.in_path.at("practice");
    const std::string& measure = asked.in_path.at("measure");
    const ChartRebases rebases = chart_rebases_of(office.site);
    auto standing = benchmarks_of(all, rebases, practice);
    if (!standing) return standing.problem();
    auto comparison = comparison_of(all, measure);
    if (!comparison) return comparison.problem();
    auto chart = chart_of(all, rebases, practice, measure);
    if (!chart) return chart.problem();
    auto working = rate_working_of(all, practice, measure);
    if (!working) return working.problem();
    return PracticeMeasure{std::move(*standing), std::move(*comparison), std::move(*chart),
                           std::move(*working)};
}

}  // namespace

Result<HttpResponse> read_peers(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto all = compared(office, asked);
    if (!all) return all.problem();
    const std::string& practice = asked.in_path.at("practice");
    const auto report = benchmarks_of(**all, chart_rebases_of(office.site), practice);
    if (!report) return report.problem();
    const bool whole = sees_small_counts(office, asked);
    if (*format != TableFormat::json) {
        if (!whole) return small_counts_in_it();
        return table_download(table_of(*report), *format,
                              practice + "-peers-" + to_text(report->heading.month),
                              {report->name, report->says});
    }
    return with_etag(
        json_response(peers_page(*report, whole ? nullptr : &office.access.disclosure)),
        asked.request);
}

Result<HttpResponse> read_practice_measure(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto all = compared(office, asked);
    if (!all) return all.problem();
    const auto report = practice_measure(office, asked, **all);
    if (!report) return report.problem();
    const bool whole = sees_small_counts(office, asked);
    if (*format != TableFormat::json) {
        if (!whole) return small_counts_in_it();
        return table_download(
            table_of(report->chart), *format,
            fmt::format("{}-{}-{}", report->standing.practice.text(), report->chart.measure.code,
                        to_text(report->chart.heading.month)),
            {report->standing.name, report->chart.chart.says});
    }
    return with_etag(
        json_response(practice_measure_page(*report, **all, office.access.disclosure, whole)),
        asked.request);
}

Result<HttpResponse> rebase_a_chart(Office& office, const Asked& asked) {
    const auto practice = asked.practice();
    if (!practice) return practice.problem();
    auto body = JsonBody::parse(asked.request.body);
    if (!body) return body.problem();
    const std::string from = body->text("from", 7);
    const std::string reason = body->text("reason", 1000);
    if (const auto done = body->done(); !done) return done.problem();
    const auto month = parse_month(from);
    if (!month) return month.problem();
    Site site = office.site_for(asked);
    const auto moved = rebase_chart(site, {.practice = *practice,
                                           .measure = asked.in_path.at("measure"),
                                           .from = *month,
                                           .person = asked.person().full_name,
                                           .reason = reason,
                                           .at = to_text(asked.visit.at)});
    if (!moved) return moved.problem();
    return empty_response();
}

Result<HttpResponse> list_measures(Office& office, const Asked& asked) {
    const auto all = compared(office, asked);
    if (!all) return all.problem();
    return with_etag(json_response(measures_page(**all)), asked.request);
}

Result<HttpResponse> read_measure(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto all = compared(office, asked);
    if (!all) return all.problem();
    const auto report = comparison_of(**all, asked.in_path.at("measure"));
    if (!report) return report.problem();
    const bool whole = sees_small_counts(office, asked);
    if (*format != TableFormat::json) {
        if (!whole) return small_counts_in_it();
        return table_download(table_of(*report), *format,
                              report->measure.code + "-" + to_text(report->heading.month),
                              {report->measure.name, report->says});
    }
    return with_etag(
        json_response(measure_page(*report, whole ? nullptr : &office.access.disclosure)),
        asked.request);
}

// Published month by month at this grain (English Prescribing Data): nothing is left out for small
// numbers.
Result<HttpResponse> read_prescribing(Office& office, const Asked& asked) {
    const auto format = format_asked(asked.request, false);
    if (!format) return format.problem();
    const auto month = asked.month_asked();
    if (!month) return month.problem();
    const auto opened = office.months.open(office.site, *month);
    if (!opened) return opened.problem();
    const std::string& practice = asked.in_path.at("practice");
    const auto made = [&]() -> Result<PrescribingReport> {
        const auto all = office.prescribing.of(office.site, (*opened)->reports());
        if (!all) return all.problem();
        return prescribing_of(**all, practice);
    };
    if (*format != TableFormat::json) {
        const auto report = made();
        if (!report) return report.problem();
        return table_download(savings_table(*report), *format,
                              practice + "-prescribing-" + to_text(report->month),
                              {report->name, report->savings_says});
    }
    const auto page = (*opened)->page("prescribing " + practice, [&]() -> Result<std::string> {
        const auto report = made();
        if (!report) return report.problem();
        return as_json(*report);
    });
    if (!page) return page.problem();
    return with_etag(json_response(**page), asked.request);
}

}  // namespace purse
