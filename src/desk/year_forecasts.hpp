// The forecast of the year that a closing made and keeps: written once, read as it was, and judged
// when the year is over.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "desk/month_inputs.hpp"
#include "desk/site_history.hpp"
#include "desk/statements.hpp"
#include "explain/working.hpp"
#include "monitoring/forecast_scores.hpp"
#include "monitoring/year_forecast.hpp"
#include "reports/year_end.hpp"

namespace purse {

// What a closing's forecast is made from.
Result<YearForecastInputs> forecast_inputs(const Site& site, Month month, const MonthInputs& inputs,
                                           const SiteHistory& history);

// From everything that the closing was made of.
Result<YearForecast> forecast_at_close(const Site& site, Month month, const MonthInputs& inputs,
                                       const SiteHistory& history);

std::string as_csv(const YearForecast& forecast);
Result<YearForecast> parse_year_forecast(std::string csv, const std::string& file);

// A month's forecast as its closing keeps it, with names and how earlier years' forecasts did.
struct KeptForecast {
    Month month;
    int closing = 0;
    YearForecast forecast;
    ForecastScores scores;  // of the years before, where any was closed whole
    std::vector<FinancialYear> scored_years;
};
Result<KeptForecast> forecast_of(const Site& site, const MonthReports& reports);
// The scores of forecasts that were kept in years before this one.
Result<KeptForecast> scores_before(const Site& site, FinancialYear year);

// How a forecast came about; no line: the sum of all. The account may be empty: the commissioner.
Result<Working> forecast_working(const MonthReports& reports, const KeptForecast& kept,
                                 Account account, std::optional<BudgetLine> line);

// "Year-end forecast £9.24m, likely £9.02m to £9.47m (80 times in 100); budget £9.05m."
std::string forecast_sentence(const AccountForecast& forecast, Month month);
// "Of 1,234 forecasts of 2016/17, 80% ranges held 79%, ...; their mean miss was 0.61 of last
// year's months carried over." Empty where no year is scored.
std::string score_sentence(const KeptForecast& kept);

// The empty account: the commissioner, by line and by practice.
Result<YearEnd> year_end_of(const MonthReports& reports, const KeptForecast& kept, Account account);

}  // namespace purse
