#include "activity/budget_line.hpp"

#include <fmt/format.h>

#include "activity/contract_line.hpp"

namespace purse {

bool is_paid_by_contract(BudgetLine line) {
    return line == BudgetLine::community || line == BudgetLine::mental_health ||
           line == BudgetLine::primary_care;
}

const BudgetLineName& name_of(BudgetLine line) {
    const auto& entry = budget_lines[static_cast<std::size_t>(line)];
    CHECK(entry.line == line);
    return entry;
}

std::string code_of(BudgetLine line) { return std::string(name_of(line).code); }

Result<BudgetLine> parse_budget_line(std::string_view code) {
    std::string known;
    for (const BudgetLineName& entry : budget_lines) {
        if (entry.code == code) return entry.line;
        known += known.empty() ? "" : ", ";
        known += entry.code;
    }
    return bad_input(fmt::format("'{}' is not a budget line: use one of {}", code, known));
}

}  // namespace purse
