#include "desk/year_forecasts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "money/grouped.hpp"
#include "money/rough_range.hpp"

namespace purse {

namespace {

Result<YearForecast> kept_forecast(const Site& site, const Closing& closing) {
    auto csv = paper_of(site, closing, "forecast");
    if (!csv) return csv.problem();
    return parse_year_forecast(*std::move(csv), "forecast.csv");
}

// The latest closing of each month that keeps a forecast.
std::map<Month, Closing> closings_with_forecast(const Site& site) {
    std::map<Month, Closing> latest;
    for (Closing& closing : site.decisions().closings()) {
        if (has_paper(closing, "forecast")) latest[closing.closing.month] = std::move(closing);
    }
    return latest;
}

// The year as its last month's closing has it.
Outcome score_year(const Site& site, const std::map<Month, Closing>& closings, FinancialYear year,
                   KeptForecast& kept) {
    const auto last = closings.find(year.last_month());
    if (last == closings.end()) return Nothing{};
    const auto came = kept_forecast(site, last->second);
    if (!came) return came.problem();
    bool any = false;
    for (Month month = year.first_month(); month < year.last_month(); month = month + 1) {
        const auto closing = closings.find(month);
        if (closing == closings.end()) continue;
        const auto forecast = kept_forecast(site, closing->second);
        if (!forecast) return forecast.problem();
        score(kept.scores, *forecast, *came);
        any = true;
    }
    if (any) kept.scored_years.push_back(year);
    return Nothing{};
}

std::string percent(double share) { return fmt::format("{:.1f}%", 100 * share); }

Step step(std::string says, std::optional<Pence> amount, std::string arithmetic = {},
          Source source = {}) {
    return {std::move(says), std::move(arithmetic), amount, std::move(source)};
}

std::string months_left(Month month) {
    const Month last = month.financial_year().last_month();
    if (month == last) return "no month is left";
    return month + 1 == last ? in_words(last) : in_words(month + 1) + " to " + in_words(last);
}

void add_rest(Working& working, const AccountForecast& one, const ForecastKey& key, Month month,
              const Source& source) {
    const Pence carried = one.rest - one.committed;
    if (one.basis == ForecastBasis::contract) {
        working.steps.push_back(
            step(months_left(month) + ": what is left of the block contracts, known and not "
                                      "carried on",
                 carried, {}, {source.document, "block contracts as imported"}));
    } else if (one.basis == ForecastBasis::profile) {
        working.steps.push_back(step(months_left(month) +
                                         ": what is left of the budget, as it falls "
                                         "on the months (less than a year of months is loaded)",
                                     carried, {}, source));
    } else if (key.second && !key.first.empty()) {
        working.steps.push_back(step(
            fmt::format("{}: its share of the {} that the line is forecast to cost all practices",
                        months_left(month), in_pounds(one.line_rest)),
            carried, fmt::format("{} of {}", percent(one.share), in_pounds(one.line_rest)),
            source));
        working.steps.push_back(step(
            fmt::format("The share: its own record of up to three years, the newest months most "
                        "({}), counts {}, what its budget or list alone would give ({}) the rest",
                        percent(one.own_share), percent(one.credibility), percent(one.base_share)),
            std::nullopt));
    } else {
        working.steps.push_back(step(
            fmt::format("{}: {}", months_left(month),
                        key.second ? "the line's months carried on (level, trend, season, days)"
                                   : "the sum of its lines"),
            carried, {}, source));
    }
    if (one.committed != Pence(0)) {
        working.steps.push_back(
            step("Known to come", one.committed, {}, {"local/commitments.csv", ""}));
    }
}

}  // namespace

Result<KeptForecast> scores_before(const Site& site, FinancialYear year) {
    KeptForecast kept;
    const auto closings = closings_with_forecast(site);
    std::set<FinancialYear> years;
    for (const auto& [month, closing] : closings) years.insert(month.financial_year());
    for (const FinancialYear one : years) {
        if (one >= year) continue;
        if (const auto scored = score_year(site, closings, one, kept); !scored) {
            return scored.problem();
        }
    }
    return kept;
}

Result<KeptForecast> forecast_of(const Site& site, const MonthReports& reports) {
    auto forecast = kept_forecast(site, reports.closing);
    if (!forecast) return forecast.problem();
    auto kept = scores_before(site, reports.setting.month.financial_year());
    if (!kept) return kept.problem();
    kept->month = reports.setting.month;
    kept->closing = reports.closing.sequence;
    kept->forecast = std::move(*forecast);
    return kept;
}

Result<Working> forecast_working(const MonthReports& reports, const KeptForecast& kept,
                                 Account account, std::optional<BudgetLine> line) {
    const auto found = kept.forecast.find({account, line});
    const std::string who =
        account.empty() ? reports.setting.commissioner : reports.setting.name_of(account);
    const std::string what = line ? std::string(name_of(*line).name) : "all lines";
    if (found == kept.forecast.end()) {
        return not_found(fmt::format("there is no forecast of {} for {}", what, who));
    }
    const AccountForecast& one = found->second;
    const Source source{
        fmt::format("forecast of closing {} of {}", kept.closing, to_text(kept.month)),
        "docs/forecast.md"};
    Working working;
    working.title =
        fmt::format("{}, {}: where {} may end", who, what, to_text(kept.month.financial_year()));
    working.result = one.outturn();
    working.steps.push_back(
        step(fmt::format("Reported to {}", in_words(kept.month)), one.to_date, {}, source));
    working.steps.push_back(
        step("Still to come of months that are not frozen (by how earlier months became complete)",
             one.more, {}, {"rules/forecast.toml", "completion"}));
    if (one.basis == ForecastBasis::not_possible) {
        working.steps.push_back(
            step("No forecast is possible: a month of this year is missing, or "
                 "nothing is loaded and there is no budget",
                 std::nullopt));
        return working;
    }
    add_rest(working, one, found->first, kept.month, source);
    if (one.range_80 && one.range_95) {
        working.steps.push_back(step(
            fmt::format("80 times in 100 between {} and {}; 95 times between {} and {}: as wide as "
                        "past forecasts of the same months needed",
                        in_pounds(one.range_80->low), in_pounds(one.range_80->high),
                        in_pounds(one.range_95->low), in_pounds(one.range_95->high)),
            std::nullopt));
    }
    return working;
}

std::string forecast_sentence(const AccountForecast& forecast, Month month) {
    const std::string budget =
        forecast.budget ? fmt::format("; budget {}", roughly(*forecast.budget)) : "";
    switch (forecast.basis) {
        case ForecastBasis::not_possible:
            return "No forecast is possible yet: a month of this year is missing, or nothing is "
                   "loaded.";
        case ForecastBasis::profile:
            return fmt::format(
                "Year-end if the rest of {} goes as budgeted: {}{}. With less than a year of "
                "months there is no range.",
                to_text(month.financial_year()), roughly(forecast.outturn()), budget);
        case ForecastBasis::contract:
            return fmt::format("Year-end {} by block contracts{}.", roughly(forecast.outturn()),
                               budget);
        case ForecastBasis::carried_on:
            break;
    }
    const auto [low, high] = rough_range(forecast.range_80->low, forecast.range_80->high);
    return fmt::format("Year-end forecast {}, likely {} to {} (80 times in 100){}.",
                       roughly(forecast.outturn()), low, high, budget);
}

std::string score_sentence(const KeptForecast& kept) {
    if (kept.scored_years.empty()) return {};
    const auto found = kept.scores.find(ForecastLevel::account);
    if (found == kept.scores.end() || found->second.cases == 0) return {};
    const ForecastScore& of = found->second;
    const auto cases = static_cast<double>(of.cases);
    std::string years;
    for (const FinancialYear year : kept.scored_years) {
        years += (years.empty() ? "" : ", ") + to_text(year);
    }
    std::string text = fmt::format(
        "How earlier forecasts did ({}; {} of practices): {:.0f}% of the 80% ranges and {:.0f}% of "
        "the 95% ranges held what came; the mean miss was {}",
        years, grouped(of.cases), 100 * static_cast<double>(of.within_80) / cases,
        100 * static_cast<double>(of.within_95) / cases,
        roughly(Pence(static_cast<std::int64_t>(of.missed / cases))));
    if (of.last_year.cases > 0) {
        text += fmt::format(", {:.0f}% of what last year's months carried over would have missed",
                            100 * of.last_year.ratio());
    }
    return text + ".";
}

Result<YearEnd> year_end_of(const MonthReports& reports, const KeptForecast& kept,
                            Account account) {
    const auto total = kept.forecast.find({account, std::nullopt});
    const bool known = total != kept.forecast.end();
    if (!known && !reports.accounts.contains(account) && !account.empty()) {
        return not_found(fmt::format("{} has neither figures nor a budget in {}", account.text(),
                                     in_words(kept.month)));
    }
    YearEnd year_end;
    year_end.commissioner = reports.setting.commissioner;
    year_end.code = account.text();
    year_end.name =
        account.empty() ? reports.setting.commissioner : reports.setting.name_of(account);
    year_end.month = kept.month;
    year_end.closing = kept.closing;
    year_end.total = {"total", "Total", known ? total->second : AccountForecast{}};
    year_end.says = forecast_sentence(year_end.total.forecast, kept.month);
    year_end.scored = score_sentence(kept);
    for (const BudgetLineName& line : budget_lines) {
        const auto found = kept.forecast.find({account, line.line});
        if (found == kept.forecast.end()) continue;
        year_end.lines.push_back({std::string(line.code), std::string(line.name), found->second});
    }
    std::vector<YearEndRow> unattributed;
    for (const auto& [key, forecast] : kept.forecast) {
        if (!account.empty() || key.first.empty() || key.second) continue;
        auto& rows = is_unattributed(key.first) ? unattributed : year_end.accounts;
        rows.push_back({key.first.text(), reports.setting.name_of(key.first), forecast});
    }
    std::ranges::move(unattributed, std::back_inserter(year_end.accounts));
    for (const ForecastLevel level : all_forecast_levels) {
        const auto found = kept.scores.find(level);
        if (found != kept.scores.end()) year_end.scores.push_back({level, found->second});
    }
    return year_end;
}

}  // namespace purse
