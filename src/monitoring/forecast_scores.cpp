#include "monitoring/forecast_scores.hpp"

#include <cmath>

namespace purse {

namespace {

double distance(Pence a, Pence b) { return std::abs(static_cast<double>((a - b).count())); }

void add(BesidePlainer& beside, const std::optional<Pence>& plainer, Pence forecast, Pence came) {
    if (!plainer) return;
    ++beside.cases;
    beside.missed += distance(forecast, came);
    beside.plainer_missed += distance(*plainer, came);
}

BesidePlainer& operator+=(BesidePlainer& sum, const BesidePlainer& other) {
    sum.cases += other.cases;
    sum.missed += other.missed;
    sum.plainer_missed += other.plainer_missed;
    return sum;
}

}  // namespace

std::string_view to_text(ForecastLevel level) {
    constexpr std::array<std::string_view, 4> texts = {"account_line", "account", "line", "all"};
    return texts[static_cast<std::size_t>(level)];
}

std::string_view in_words(ForecastLevel level) {
    constexpr std::array<std::string_view, 4> words = {"a practice's line", "a practice, all lines",
                                                       "a line, all practices", "everything"};
    return words[static_cast<std::size_t>(level)];
}

ForecastLevel level_of(const ForecastKey& key) {
    if (key.first.empty()) return key.second ? ForecastLevel::line : ForecastLevel::all;
    return key.second ? ForecastLevel::account_line : ForecastLevel::account;
}

ForecastScore& ForecastScore::operator+=(const ForecastScore& other) {
    cases += other.cases;
    within_80 += other.within_80;
    within_95 += other.within_95;
    missed += other.missed;
    outturn += other.outturn;
    last_year += other.last_year;
    last_month += other.last_month;
    budget += other.budget;
    return *this;
}

void score(ForecastScores& scores, const YearForecast& forecast, const YearForecast& came) {
    for (const auto& [key, one] : forecast) {
        if (one.basis == ForecastBasis::contract) continue;  // known, not foretold
        if (!one.range_80 || !one.range_95 || is_unattributed(key.first)) continue;
        const auto found = came.find(key);
        if (found == came.end()) continue;
        const Pence actual = found->second.outturn();
        if (actual == Pence(0) && one.outturn() == Pence(0)) continue;  // nothing to be said
        ForecastScore& of = scores[level_of(key)];
        ++of.cases;
        of.within_80 += one.range_80->holds(actual) ? 1 : 0;
        of.within_95 += one.range_95->holds(actual) ? 1 : 0;
        of.missed += distance(one.outturn(), actual);
        of.outturn += static_cast<double>(actual.count());
        add(of.last_year, one.naive.last_year, one.outturn(), actual);
        add(of.last_month, one.naive.last_month, one.outturn(), actual);
        add(of.budget, one.naive.budget, one.outturn(), actual);
    }
}

}  // namespace purse
