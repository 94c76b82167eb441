#include "reports/line_source.hpp"

namespace purse {

std::optional<DataSet> source_of(BudgetLine line) {
    switch (line) {
        case BudgetLine::day_case:
        case BudgetLine::elective:
        case BudgetLine::non_elective:
        case BudgetLine::maternity:
            return DataSet::admitted_care;
        case BudgetLine::outpatient_first:
        case BudgetLine::outpatient_follow_up:
        case BudgetLine::outpatient_procedure:
        case BudgetLine::diagnostics:
            return DataSet::outpatients;
        case BudgetLine::emergency_department:
            return DataSet::emergency;
        case BudgetLine::prescribing:
            return DataSet::prescribing;
        case BudgetLine::community:
        case BudgetLine::mental_health:
        case BudgetLine::primary_care:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace purse
