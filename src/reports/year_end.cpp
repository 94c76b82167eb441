#include "reports/year_end.hpp"

namespace purse {

std::optional<Pence> YearEndRow::over() const {
    if (forecast.basis == ForecastBasis::not_possible || !forecast.budget) return std::nullopt;
    return forecast.outturn() - *forecast.budget;
}

std::string_view about_ranges() {
    return "What the year may cost lies in the 80% range 80 times in 100, in the 95% range 95 "
           "times; "
           "the ranges of lines do not add up to the total's, for lines do not all miss alike.";
}

}  // namespace purse
