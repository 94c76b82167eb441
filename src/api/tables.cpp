#include "api/tables.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

constexpr const char* xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

TableCell cell(const std::optional<Pence>& amount) {
    return amount ? TableCell(*amount) : TableCell();
}

}  // namespace

Result<TableFormat> format_asked(const HttpRequest& request, bool has_html) {
    const std::string format = request.target.asked("format").value_or("json");
    if (format == "json") return TableFormat::json;
    if (format == "csv") return TableFormat::csv;
    if (format == "xlsx") return TableFormat::xlsx;
    if (format == "html" && has_html) return TableFormat::html;
    return bad_input(fmt::format("there is no format '{}' of this: json, csv{}", format,
                                 has_html ? ", xlsx or html" : " or xlsx"));
}

HttpResponse xlsx_download(std::string bytes, const std::string& name) {
    return download(std::move(bytes), xlsx_type, name + ".xlsx");
}

HttpResponse table_download(const ReportTable& table, TableFormat format, const std::string& name,
                            const std::vector<std::string>& above) {
    if (format == TableFormat::csv) {
        return download(csv_of(table), "text/csv; charset=utf-8", name + ".csv");
    }
    return xlsx_download(xlsx_of("Purse", above, table), name);
}

ReportTable table_of(const std::vector<SitePractice>& practices) {
    ReportTable table;
    table.headings = {"practice", "name", "network", "patients", "list_of"};
    for (const SitePractice& practice : practices) {
        table.rows.push_back(
            {practice.code.text(), practice.name, practice.network.text(),
             practice.patients ? TableCell(practice.patients->whole()) : TableCell(),
             practice.list_of ? TableCell(to_text(*practice.list_of)) : TableCell()});
    }
    return table;
}

ReportTable table_of(const DialogueStatus& status) {
    ReportTable table;
    table.headings = {"practice", "name",    "state",        "version", "offers", "draft",
                      "net",      "last_at", "who_must_act", "what",    "by",     "days_left"};
    for (const DialogueStanding& standing : status.practices) {
        const DialogueTurn& turn = standing.turn;
        std::vector<TableCell> row = {standing.practice.text(),
                                      standing.name,
                                      std::string(in_words(standing.position.state)),
                                      std::int64_t{standing.position.version},
                                      std::int64_t{standing.position.offers},
                                      standing.draft,
                                      cell(standing.net),
                                      standing.last_at};
        if (turn.somebody_acts()) {
            row.insert(row.end(), {std::string(in_words(turn.side)), std::string(turn.what),
                                   to_text(turn.by), std::int64_t{turn.days_left}});
        } else {
            row.resize(table.headings.size());
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

ReportTable table_of(const Why& why) {
    ReportTable table;
    table.headings = {"data_set", "batch", "line",    "record", "month",
                      "provider", "what",  "outcome", "price",  "exact_price"};
    for (const WhyRecord& record : why.records) {
        table.rows.push_back({record.data_set, record.batch, record.line, record.record_id,
                              to_text(record.month), record.provider, record.what, record.outcome,
                              record.price, record.fine_price});
    }
    return table;
}

ReportTable table_of(const std::vector<AuditEntry>& entries) {
    ReportTable table;
    table.headings = {"number", "at",      "who",    "role", "address",
                      "action", "subject", "detail", "hash"};
    for (const AuditEntry& entry : entries) {
        table.rows.push_back({entry.number, entry.actor.at, entry.actor.who, entry.actor.role,
                              entry.actor.address, entry.act.action, entry.act.subject,
                              entry.act.detail, entry.hash});
    }
    return table;
}

}  // namespace purse
