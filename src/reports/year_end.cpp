#include "reports/year_end.hpp"

#include <algorithm>

namespace purse {

std::optional<Pence> YearEndRow::over() const {
    if (forecast.basis == ForecastBasis::not_possible || !forecast.budget) return std::nullopt;
    return forecast.outturn() - *forecast.budget;
}

std::string_view how_earlier_ones_did(const YearEnd& year_end) {
    if (!year_end.scored.empty()) return year_end.scored;
    return "How earlier forecasts did cannot be told yet: none was kept in a year that is over.";
}

std::string_view what_the_total_leaves_out(const YearEnd& year_end) {
    const bool any = std::ranges::any_of(year_end.lines, [](const YearEndRow& row) {
        return row.forecast.basis == ForecastBasis::not_possible;
    });
    return any ? "Lines without a forecast (too few months and no budget, or a month is missing) "
                 "are "
                 "not in the total."
               : "";
}

bool is_possible(const YearEnd& year_end) {
    return year_end.total.forecast.basis != ForecastBasis::not_possible;
}

std::string_view about_ranges() {
    return "What the year may cost lies in the 80% range 80 times in 100, in the 95% range 95 "
           "times; "
           "the ranges of lines do not add up to the total's, for lines do not all miss alike.";
}

}  // namespace purse
