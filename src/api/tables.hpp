// Tables of the pages as files: the same rows, all of them.
#pragma once

#include <string>
#include <vector>

#include "api/message.hpp"
#include "desk/budget_dialogue.hpp"
#include "desk/practices.hpp"
#include "desk/statements.hpp"
#include "governance/audit_entry.hpp"
#include "render/table_files.hpp"

namespace purse {

// ?format=: json when it is not said. The problem names what there is.
enum class TableFormat : unsigned char { json, csv, xlsx, html };
Result<TableFormat> format_asked(const HttpRequest& request, bool has_html);

// As the file that was asked for: csv or xlsx.
HttpResponse xlsx_download(std::string bytes, const std::string& name);
HttpResponse table_download(const ReportTable& table, TableFormat format, const std::string& name,
                            const std::vector<std::string>& above);

// A report as the file that was asked for: csv, xlsx or html, as the room render writes it.
template <class Report>
HttpResponse report_download(const Report& report, TableFormat format, const std::string& name) {
    switch (format) {
        case TableFormat::csv:
            return download(as_csv(report), "text/csv; charset=utf-8", name + ".csv");
        case TableFormat::xlsx:
            return xlsx_download(as_xlsx(report), name);
        default:
            return download(as_html(report), "text/html; charset=utf-8", name + ".html");
    }
}

ReportTable table_of(const std::vector<SitePractice>& practices);
ReportTable table_of(const DialogueStatus& status);
ReportTable table_of(const Why& why);
ReportTable table_of(const std::vector<AuditEntry>& entries);

}  // namespace purse
