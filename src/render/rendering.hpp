// Reports as text for a terminal, JSON, CSV, a spreadsheet, and a page. The figures are the
// report's; nothing is computed here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "reports/statement.hpp"
#include "reports/summary.hpp"

namespace purse {

enum class Format : std::uint8_t { text, json, csv, xlsx, html };
Result<Format> parse_format(std::string_view text);
std::string_view extension(Format format);  // "txt", "json", ...

std::string as_text(const Statement& statement);
std::string as_json(const Statement& statement);
std::string as_csv(const Statement& statement);
std::string as_html(const Statement& statement);
std::string as_xlsx(const Statement& statement);  // the bytes of the workbook

std::string as_text(const Summary& summary);
std::string as_json(const Summary& summary);
std::string as_csv(const Summary& summary);
// Practices' names link to `<code>.html` beside the page.
std::string as_html(const Summary& summary);
std::string as_xlsx(const Summary& summary);

template <class Report>
std::string rendered(const Report& report, Format format) {
    switch (format) {
        case Format::text:
            return as_text(report);
        case Format::json:
            return as_json(report);
        case Format::csv:
            return as_csv(report);
        case Format::xlsx:
            return as_xlsx(report);
        case Format::html:
            return as_html(report);
    }
    return {};
}

}  // namespace purse
