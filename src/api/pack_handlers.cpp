#include <fmt/format.h>

#include "api/handlers.hpp"
#include "api/tables.hpp"
#include "desk/packs.hpp"
#include "render/pack_pages.hpp"
#include "render/pdf.hpp"

namespace purse {

namespace {

PackParts parts_of(Office& office, const Opened& month) {
    const MonthReports& reports = month->reports();
    return {
        .reports = {month, &reports},
        .benchmarks = office.benchmarks.of(office.site, month->month(), reports.closing.sequence),
        .variances = office.variances.of(office.site, reports),
        .prescribing = office.prescribing.of(office.site, reports)};
}

// Made anew each time: challenges and budgets may have changed since.
Result<Pack> pack_asked(Office& office, const Asked& asked) {
    const auto month = opened_month(office, asked);
    if (!month) return month.problem();
    const auto packs = MonthPacks::from(office.site, parts_of(office, *month), asked.today());
    if (!packs) return packs.problem();
    return packs->of(asked.in_path.at("practice"));
}

}  // namespace

Result<HttpResponse> read_pack(Office& office, const Asked& asked) {
    const std::string format = asked.text("format").empty() ? "json" : asked.text("format");
    if (format != "json" && format != "html" && format != "pdf" && format != "xlsx") {
        return bad_input(
            fmt::format("there is no format '{}' of a pack: json, html, pdf or xlsx", format));
    }
    if (const auto seen = may_see_small_counts(office, asked); !seen) return seen.problem();
    const auto pack = pack_asked(office, asked);
    if (!pack) return pack.problem();
    if (format == "json") return with_etag(json_response(as_json(*pack)), asked.request);
    const std::string name =
        fmt::format("{}-pack-{}", pack->statement.code, to_text(pack->statement.month));
    if (format == "html")
        return download(as_html(*pack), "text/html; charset=utf-8", name + ".html");
    if (format == "xlsx") return xlsx_download(as_xlsx(*pack), name);
    auto pdf = as_pdf(as_html(*pack));
    if (!pdf) return pdf.problem();
    return download(std::move(*pdf), "application/pdf", name + ".pdf");
}

}  // namespace purse
