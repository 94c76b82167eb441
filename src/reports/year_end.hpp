// Where a year may end, as a value: of one account by line, or of the commissioner by line and by
// practice. How it looks is the business of `render`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "monitoring/forecast_scores.hpp"
#include "monitoring/year_forecast.hpp"

namespace purse {

struct YearEndRow {
    std::string code;  // the line's, the practice's, or "total"
    std::string label;
    AccountForecast forecast;

    // Positive: more than the budget. None without a forecast or a budget.
    [[nodiscard]] std::optional<Pence> over() const;
};

struct ScoreRow {
    ForecastLevel level = ForecastLevel::account;
    ForecastScore score;
};

struct YearEnd {
    std::string commissioner;
    std::string code;  // empty: the commissioner
    std::string name;
    Month month;
    int closing = 0;
    std::string says;    // the forecast in a sentence
    std::string scored;  // how earlier years' forecasts did; empty where none is over
    std::vector<YearEndRow> lines;
    std::vector<YearEndRow> accounts;  // of the commissioner: practices, then unattributed care
    YearEndRow total;
    std::vector<ScoreRow> scores;
};

// How earlier forecasts did, or that none can be judged yet.
std::string_view how_earlier_ones_did(const YearEnd& year_end);
// That lines are left out of the total, where any is; else empty.
std::string_view what_the_total_leaves_out(const YearEnd& year_end);
// Whether anything is forecast at all.
bool is_possible(const YearEnd& year_end);

// What is to be known with the figures: the ranges are no limits, and they are of lines taken
// alone.
std::string_view about_ranges();

}  // namespace purse
