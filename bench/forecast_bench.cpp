// Back-tests of the year-end forecast: on published monthly series, where a folder of them is
// given, and on fictional commissioners whose every month is loaded and closed as it comes. At
// each month of each year the forecast knows only what was there then. Ends with exit code 1 where
// the 80% ranges hold less than 75% or more than 85% of what came, or last year's months carried
// over miss less.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>

#include "monitoring/forecast_scores.hpp"
#include "real_series.hpp"
#include "replayed_site.hpp"

namespace purse::bench {
namespace {

ProfileRules days_of(const std::vector<RealSeries>& all) {
    ProfileRules rules;
    for (std::size_t i = 0; i < budget_lines.size(); ++i) {
        const bool working = i < all.size() && all[i].by_working_days;
        rules[budget_lines[i].line] = {
            working ? ProfileKind::working_days : ProfileKind::calendar_days, "back-test"};
    }
    return rules;
}

Pence as_pence(double value) { return Pence(static_cast<std::int64_t>(value) * 100); }

// Each series as a line of one account that has them all.
YearForecastInputs national_inputs(const std::vector<RealSeries>& all, Month month) {
    YearForecastInputs inputs;
    inputs.month = month;
    inputs.profiles = days_of(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const BudgetLine line = budget_lines[i].line;
        inputs.known[line] = {all[i].first, month};
        for (std::size_t t = 0; t < all[i].values.size(); ++t) {
            const Month at = all[i].first + static_cast<int>(t);
            if (at > month) break;
            inputs.costs.push_back({Account("X00000"), line, at, as_pence(all[i].values[t])});
        }
    }
    return inputs;
}

// Each trust as an account of one line; its first year stands for its size, and is no part of the
// test.
YearForecastInputs trust_inputs(const std::vector<RealSeries>& all, Month month) {
    constexpr auto line = BudgetLine::emergency_department;
    YearForecastInputs inputs;
    inputs.month = month;
    inputs.profiles = days_of({});
    inputs.known[line] = {all.front().first, month};
    for (const RealSeries& trust : all) {
        double size = 0;
        for (std::size_t t = 0; t < trust.values.size(); ++t) {
            const Month at = trust.first + static_cast<int>(t);
            if (t < 12) size += trust.values[t];
            if (at > month) break;
            inputs.costs.push_back({Account(trust.name), line, at, as_pence(trust.values[t])});
        }
        inputs.lists[Account(trust.name)] = static_cast<std::int64_t>(size);
    }
    return inputs;
}

using InputsAt = std::function<YearForecastInputs(Month)>;

// Forecasts at every month but the last of the years from first to last, against the year's end.
ForecastScores back_test(const InputsAt& inputs_at, FinancialYear first, FinancialYear last) {
    ForecastScores scores;
    for (FinancialYear year = first; year <= last; year = year + 1) {
        const YearForecast came = forecast_year(inputs_at(year.last_month()));
        for (Month month = year.first_month(); month < year.last_month(); month = month + 1) {
            score(scores, forecast_year(inputs_at(month)), came);
        }
    }
    return scores;
}

std::string ratio(const BesidePlainer& beside) {
    return beside.cases == 0 ? "      –" : fmt::format("{:7.3f}", beside.ratio());
}

// Whether the acceptance holds at the levels that are judged.
bool tell(const std::string& what, const ForecastScores& scores,
          const std::vector<ForecastLevel>& judged) {
    fmt::print("\n{}\n  {:<24}{:>10}{:>9}{:>9}{:>11}{:>14}{:>14}{:>10}\n", what, "forecast of",
               "forecasts", "80% held", "95% held", "mean miss", "of last year", "of last month",
               "of budget");
    bool good = true;
    for (const auto& [level, score] : scores) {
        const auto cases = static_cast<double>(score.cases);
        const double held = static_cast<double>(score.within_80) / cases;
        const bool is_judged = std::ranges::find(judged, level) != judged.end();
        const bool passes = held >= 0.75 && held <= 0.85 && score.last_year.ratio() < 1;
        fmt::print("  {:<24}{:>10}{:>8.1f}%{:>8.1f}%{:>10.2f}%{:>14}{:>14}{:>10}{}\n",
                   in_words(level), score.cases, 100 * held,
                   100 * static_cast<double>(score.within_95) / cases,
                   100 * score.missed / score.outturn, ratio(score.last_year),
                   ratio(score.last_month), ratio(score.budget),
                   !is_judged ? ""
                   : passes   ? "  accepted"
                              : "  NOT ACCEPTED");
        good = good && (!is_judged || passes);
    }
    std::fflush(stdout);  // the next may take minutes
    return good;
}

bool on_series(const std::filesystem::path& folder) {
    const auto national = activity_return(folder);
    const auto trusts = attendances_by_trust(folder);
    if (!national || !trusts) {
        fmt::print(stderr, "{}\n", (national ? trusts.problem() : national.problem()).says);
        return false;
    }
    bool good = true;
    for (const Half half : {Half::chosen_on, Half::kept_for_the_test}) {
        const std::string says =
            half == Half::chosen_on ? "looked at when the method was chosen" : "kept for the test";
        const auto series = half_of(*national, half);
        const auto of_trusts = half_of(*trusts, half);
        const auto scores = back_test([&](Month month) { return national_inputs(series, month); },
                                      FinancialYear(2010), FinancialYear(2015));
        good = tell(fmt::format("Monthly activity return of England, 2008 to 2016, {} series {}; "
                                "years 2010/11 to 2015/16",
                                series.size(), says),
                    scores, {ForecastLevel::line}) &&
               good;
        const auto by_trust = back_test([&](Month month) { return trust_inputs(of_trusts, month); },
                                        FinancialYear(2018), FinancialYear(2018));
        tell(fmt::format("A&E attendances of {} trusts {}, 2016 to 2019; year 2018/19",
                         of_trusts.size(), says),
             by_trust, {});
    }
    return good;
}

using ScoresOf = std::function<Result<ForecastScores>(const ReplayOptions&)>;

// Commissioners of successive seeds, and all of them together.
bool on_commissioners(const ScoresOf& scores_of, const std::string& how, ReplayOptions options,
                      int sites) {
    ForecastScores all;
    for (int site = 0; site < sites; ++site, ++options.seed) {
        const auto scores = scores_of(options);
        if (!scores) {
            fmt::print(stderr, "{}\n", scores.problem().says);
            return false;
        }
        tell(fmt::format("Fictional commissioner of seed {}: {} practices, {} patients, {} years, "
                         "{}",
                         options.seed, options.practices, options.population, options.years, how),
             *scores, {});
        for (const auto& [level, score] : *scores) all[level] += score;
    }
    return sites == 0 ||
           tell(fmt::format("These {} together", sites), all,
                {ForecastLevel::account_line, ForecastLevel::account, ForecastLevel::line});
}

}  // namespace
}  // namespace purse::bench

int main(int argc, char** argv) {
    using namespace purse::bench;
    CLI::App app{"Back-tests of the year-end forecast"};
    std::string series;
    std::string folder = "build/bench/forecast";
    ReplayOptions options;
    int demos = 1;
    int frozen = 4;
    int larger = 2;
    app.add_option("--series", series, "Folder of published monthly activity");
    app.add_option("--folder", folder, "Where the fictional commissioners are made");
    app.add_option("--practices", options.practices, "Of those looked at as frozen");
    app.add_option("--population", options.population);
    app.add_option("--years", options.years);
    app.add_option("--seed", options.seed, "Of the first; those after it have the next");
    app.add_option("--demos", demos,
                   "How many of the demonstration's size live through every load and closing");
    app.add_option("--frozen-sites", frozen, "How many are looked at as frozen");
    app.add_option("--larger-sites", larger, "How many of 12 practices, as frozen");
    CLI11_PARSE(app, argc, argv);
    const auto start = std::chrono::steady_clock::now();
    bool good = true;
    if (series.empty()) {
        fmt::print("no folder of published series is given: only fictional commissioners\n");
    } else {
        good = on_series(series);
    }
    const auto replayed = [&](const ReplayOptions& one) { return replayed_scores(folder, one); };
    const auto as_frozen = [&](const ReplayOptions& one) { return frozen_scores(folder, one); };
    ReplayOptions more = options;
    more.practices = 12;
    more.population = 60'000;
    good = on_commissioners(as_frozen, "months as frozen", more, larger) && good;
    good = on_commissioners(as_frozen, "months as frozen", options, frozen) && good;
    const ReplayOptions demonstration{.practices = 50, .population = 330'000, .seed = 2017};
    good = on_commissioners(replayed, "every month loaded and closed as it came", demonstration,
                            demos) &&
           good;
    fmt::print("\n{:.1f} s\n",
               std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return good ? 0 : 1;
}
