// SQL for the name that an index stands for: "list_extract(['', 'day_case', ...], index + 1)".
#pragma once

#include <string>
#include <string_view>

#include "pricing/price_book.hpp"

namespace purse {

std::string line_name_sql(std::string_view index);
std::string outcome_name_sql(std::string_view index);
std::string admission_type_name_sql(std::string_view index);
std::string tariff_applied_name_sql(std::string_view index);
std::string reason_name_sql(const PriceBook& book, std::string_view index);

}  // namespace purse
