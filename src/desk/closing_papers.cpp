#include "desk/closing_papers.hpp"

#include "desk/year_forecasts.hpp"

namespace purse {

Result<std::vector<WrittenPaper>> closing_papers(const Site& site, Month month,
                                                 const MonthInputs& inputs,
                                                 std::span<const CubeRow> cube) {
    const auto history =
        history_of(site, month, inputs.history, inputs.books, *inputs.affiliations, cube);
    if (!history) return history.problem();
    const auto forecast = forecast_at_close(site, month, inputs, *history);
    if (!forecast) return forecast.problem();
    std::vector<WrittenPaper> papers;
    papers.push_back({"completion", as_csv(history->stages)});
    papers.push_back({"forecast", as_csv(*forecast)});
    return papers;
}

}  // namespace purse
