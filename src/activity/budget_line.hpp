// The lines that budgets and statements are kept in, and the pack line (1 to 9) each belongs to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class BudgetLine : std::uint8_t {
    day_case,
    elective,
    non_elective,
    maternity,
    outpatient_first,
    outpatient_follow_up,
    outpatient_procedure,
    diagnostics,
    emergency_department,
    prescribing,
    community,
    mental_health,
    primary_care,
};

struct BudgetLineName {
    BudgetLine line;
    std::string_view code;  // in files: "outpatient_first"
    std::string_view name;  // on the page: "Outpatients: first attendances"
    int pack_line;          // of the monthly pack: 1 elective and day case ... 9 A&E
};

inline constexpr std::array<BudgetLineName, 13> budget_lines = {{
    {BudgetLine::day_case, "day_case", "Day cases", 1},
    {BudgetLine::elective, "elective", "Elective inpatients", 1},
    {BudgetLine::non_elective, "non_elective", "Non-elective inpatients", 2},
    {BudgetLine::maternity, "maternity", "Maternity", 2},
    {BudgetLine::outpatient_first, "outpatient_first", "Outpatients: first attendances", 3},
    {BudgetLine::outpatient_follow_up, "outpatient_follow_up", "Outpatients: follow-ups", 3},
    {BudgetLine::outpatient_procedure, "outpatient_procedure", "Outpatients: procedures", 3},
    {BudgetLine::diagnostics, "diagnostics", "Diagnostics", 4},
    {BudgetLine::emergency_department, "ae", "A&E attendances", 9},
    {BudgetLine::prescribing, "prescribing", "Prescribing", 6},
    {BudgetLine::community, "community", "Community services", 7},
    {BudgetLine::mental_health, "mental_health", "Mental health", 7},
    {BudgetLine::primary_care, "primary_care", "Primary care", 8},
}};

const BudgetLineName& name_of(BudgetLine line);
std::string code_of(BudgetLine line);  // "outpatient_first"
Result<BudgetLine> parse_budget_line(std::string_view code);

}  // namespace purse
