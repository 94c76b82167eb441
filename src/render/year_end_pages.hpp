// The year-end forecast as text for a terminal, JSON, CSV, a spreadsheet, and a page.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "render/rendering.hpp"
#include "render/statement_table.hpp"
#include "reports/year_end.hpp"

namespace purse {

std::string as_text(const YearEnd& year_end);
std::string as_json(const YearEnd& year_end);
std::string as_csv(const YearEnd& year_end);
std::string as_html(const YearEnd& year_end);
std::string as_xlsx(const YearEnd& year_end);
ReportTable table_of(const YearEnd& year_end);
boost::json::object object_of(const YearEnd& year_end);

// "£1,180.00 to £1,320.00"; a dash where there is none.
std::string range_in_words(const std::optional<ForecastRange>& range);

}  // namespace purse
