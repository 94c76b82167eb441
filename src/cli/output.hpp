// Summaries of the desk's work, for people and as JSON.
#pragma once

#include <string>

#include "desk/closes.hpp"
#include "desk/imports.hpp"
#include "desk/loads.hpp"
#include "desk/price_files.hpp"
#include "desk/verifying.hpp"

namespace purse {

struct Terminal;

// To the screen, as text or JSON.
void print_import(const ImportReport& report, const Terminal& terminal);
std::string as_json(const ImportReport& report);
std::string as_json(const LoadReport& report);
std::string as_json(const CloseReport& report);
std::string as_json(const PriceFileReport& report);
std::string as_json(const Verification& verification);

std::string as_text(const LoadReport& report);
std::string as_text(const CloseReport& report);
std::string as_text(const PriceFileReport& report);

// "Control totals": stage, rows, pounds.
std::string as_text(const std::vector<ControlTotal>& totals);

}  // namespace purse
