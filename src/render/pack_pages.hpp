// A monthly pack for a terminal, as JSON, as a page of two printed sides, and as a workbook.
#pragma once

#include <string>

#include "reports/pack.hpp"

namespace purse {

std::string as_text(const Pack& pack);
std::string as_json(const Pack& pack);
std::string as_html(const Pack& pack);
std::string as_xlsx(const Pack& pack);  // the bytes of the workbook

}  // namespace purse
