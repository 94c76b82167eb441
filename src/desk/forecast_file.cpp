// A closing's forecast as the file that it is kept in.
#include <fmt/format.h>

#include <charconv>

#include "desk/year_forecasts.hpp"
#include "tables/delimited.hpp"

namespace purse {

namespace {

constexpr std::array<std::string_view, 22> headings = {
    "account",      "line",          "basis",       "to_date",   "more",    "rest",
    "committed",    "low_80",        "high_80",     "low_95",    "high_95", "budget",
    "as_last_year", "as_last_month", "as_budgeted", "line_rest", "share",   "own_share",
    "base_share",   "credibility",   "outturn",     "unit"};

std::string whole(Pence amount) { return std::to_string(amount.count()); }
std::string whole(const std::optional<Pence>& amount) { return amount ? whole(*amount) : ""; }
// Shares to a millionth of a millionth: what a working shows.
std::string share(double value) { return fmt::format("{:.12f}", value); }

std::vector<std::string> cells_of(const ForecastKey& key, const AccountForecast& one) {
    const auto low = [](const std::optional<ForecastRange>& range) {
        return range ? whole(range->low) : std::string();
    };
    const auto high = [](const std::optional<ForecastRange>& range) {
        return range ? whole(range->high) : std::string();
    };
    return {key.first.text(),
            key.second ? std::string(name_of(*key.second).code) : "total",
            std::string(to_text(one.basis)),
            whole(one.to_date),
            whole(one.more),
            whole(one.rest),
            whole(one.committed),
            low(one.range_80),
            high(one.range_80),
            low(one.range_95),
            high(one.range_95),
            whole(one.budget),
            whole(one.naive.last_year),
            whole(one.naive.last_month),
            whole(one.naive.budget),
            whole(one.line_rest),
            share(one.share),
            share(one.own_share),
            share(one.base_share),
            share(one.credibility),
            whole(one.outturn()),
            "pence"};
}

class Cells {
  public:
    explicit Cells(const std::vector<std::string>& cells) : cells_(cells) {}

    Pence pence(std::size_t at) { return maybe_pence(at).value_or(Pence(0)); }
    std::optional<Pence> maybe_pence(std::size_t at) {
        if (cells_[at].empty()) return std::nullopt;
        return Pence(number<std::int64_t>(at));
    }
    std::optional<ForecastRange> range(std::size_t at) {
        const auto low = maybe_pence(at);
        const auto high = maybe_pence(at + 1);
        if (!low || !high) return std::nullopt;
        return ForecastRange{*low, *high};
    }
    double share(std::size_t at) { return number<double>(at); }
    [[nodiscard]] bool good() const { return good_; }

  private:
    template <class Number>
    Number number(std::size_t at) {
        Number value{};
        const std::string& text = cells_[at];
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        good_ = good_ && fault == std::errc() && end == text.data() + text.size();
        return value;
    }
    const std::vector<std::string>& cells_;
    bool good_ = true;
};

Outcome take_row(YearForecast& forecast, const std::vector<std::string>& row) {
    ForecastKey key{Account(row[0]), {}};
    if (row[1] != "total") {
        const auto line = parse_budget_line(row[1]);
        if (!line) return line.problem();
        key.second = *line;
    }
    const auto basis = parse_forecast_basis(row[2]);
    if (!basis) return basis.problem();
    Cells cells(row);
    AccountForecast one;
    one.basis = *basis;
    one.to_date = cells.pence(3);
    one.more = cells.pence(4);
    one.rest = cells.pence(5);
    one.committed = cells.pence(6);
    one.range_80 = cells.range(7);
    one.range_95 = cells.range(9);
    one.budget = cells.maybe_pence(11);
    one.naive = {cells.maybe_pence(12), cells.maybe_pence(13), cells.maybe_pence(14)};
    one.line_rest = cells.pence(15);
    one.share = cells.share(16);
    one.own_share = cells.share(17);
    one.base_share = cells.share(18);
    one.credibility = cells.share(19);
    if (!cells.good() || cells.pence(20) != one.outturn()) {
        return bad_input("an amount is no whole number of pence, or the parts are not the outturn");
    }
    forecast[key] = one;
    return Nothing{};
}

}  // namespace

std::string as_csv(const YearForecast& forecast) {
    std::string csv = csv_line({headings.begin(), headings.end()});
    for (const auto& [key, one] : forecast) csv += csv_line(cells_of(key, one));
    return csv;
}

Result<YearForecast> parse_year_forecast(std::string csv, const std::string& file) {
    const auto table = read_table_text(std::move(csv), file);
    if (!table) return table.problem();
    if (table->headings.size() != headings.size()) {
        return bad_input(file + " is not a closing's forecast");
    }
    YearForecast forecast;
    for (const auto& row : table->rows) {
        if (const auto taken = take_row(forecast, row.cells); !taken) {
            return bad_input(fmt::format("{}, line {}: {}", file, row.line, taken.problem().says));
        }
    }
    return forecast;
}

}  // namespace purse
