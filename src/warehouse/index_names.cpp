#include "warehouse/index_names.hpp"

#include <fmt/format.h>

#include <vector>

#include "activity/budget_line.hpp"
#include "activity/cube.hpp"
#include "warehouse/database.hpp"

namespace purse {

namespace {

template <class Names>
std::string name_sql(const Names& names, std::string_view index) {
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + sql_text(name);
    return fmt::format("list_extract([{}], {} + 1)", list, index);
}

// The texts of an enumeration's values from 0 to `last`.
template <class Value>
std::vector<std::string> texts_to(Value last) {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        names.emplace_back(to_text(static_cast<Value>(i)));
    }
    return names;
}

}  // namespace

std::string line_name_sql(std::string_view index) {
    std::vector<std::string> names;
    for (const BudgetLineName& line : budget_lines) names.emplace_back(line.code);
    return name_sql(names, index);
}

std::string outcome_name_sql(std::string_view index) {
    return name_sql(texts_to(CostOutcome::as_given), index);
}

std::string admission_type_name_sql(std::string_view index) {
    return name_sql(texts_to(AdmissionType::other), index);
}

std::string tariff_applied_name_sql(std::string_view index) {
    return name_sql(texts_to(TariffApplied::local), index);
}

std::string reason_name_sql(const PriceBook& book, std::string_view index) {
    return name_sql(book.reasons(), index);
}

}  // namespace purse
