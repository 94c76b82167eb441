// Where the year may end: for every account and line, and for all of them together, what is used to
// date when complete, and the rest of the year carried on. The commissioner's line is forecast from
// all its months; each account has a share of it in which its own record counts as far as it is to
// be believed (credibility), so that small practices do not swing. Ranges are as wide as past
// forecasts of the same months proved to need. Deterministic: no chance in it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "budget/profile.hpp"
#include "monitoring/account_cost.hpp"
#include "monitoring/completion.hpp"

namespace purse {

// What is known to come (or to fall away) and is in no month yet: a clinic that opens, a contract
// that ends. An empty account: shared like the rest of the line.
struct Commitment {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    Month from;  // to the end of the year
    Pence each_month;
    std::string says;
};

struct YearForecastInputs {
    Month month;                     // the last that is closed
    std::vector<AccountCost> costs;  // completed, at this year's prices, merged practices as one
    // Of each line the newest months without a gap: the first and the last.
    std::map<BudgetLine, std::pair<Month, Month>> known;
    std::map<std::pair<Account, BudgetLine>, ExpectedMore> more;  // in this year's costs already
    std::map<Account, std::map<BudgetLine, Pence>> budgets;       // of the year
    std::map<Account, std::map<BudgetLine, Pence>> budgets_left;  // after the month, as profiled
    std::map<Account, std::int64_t> lists;
    ProfileRules profiles;  // whether a line's months go by working or by calendar days
    std::vector<Commitment> commitments;
};

enum class ForecastBasis : std::uint8_t {
    contract,     // a block contract: known to the year's end
    carried_on,   // from a year of months or more
    profile,      // too little is known: the rest of the year as budgeted, and no range
    not_possible  // a month of this year is missing, or there is no budget either
};
std::string_view to_text(ForecastBasis basis);
Result<ForecastBasis> parse_forecast_basis(std::string_view text);

struct ForecastRange {
    Pence low;
    Pence high;
    [[nodiscard]] bool holds(Pence amount) const { return low <= amount && amount <= high; }
    friend bool operator==(const ForecastRange&, const ForecastRange&) = default;
};

// What plainer methods would say the year ends at.
struct NaiveForecasts {
    std::optional<Pence> last_year;   // the rest as in last year's months (seasonal naive)
    std::optional<Pence> last_month;  // the rest as the last month
    std::optional<Pence> budget;      // the rest as budgeted
    friend bool operator==(const NaiveForecasts&, const NaiveForecasts&) = default;
};

struct AccountForecast {
    ForecastBasis basis = ForecastBasis::not_possible;
    Pence to_date;  // reported
    Pence more;     // expected of it when complete
    Pence rest;     // of the year, commitments with it
    Pence committed;
    std::optional<ForecastRange> range_80, range_95;
    std::optional<Pence> budget;
    NaiveForecasts naive;
    // How the rest came about, of a single line: the line's own rest and the account's share of it.
    Pence line_rest;
    double own_share = 0;    // of the line's recent cost
    double base_share = 0;   // of its budget, or of the patients
    double credibility = 0;  // how far its own share counts
    double share = 0;

    [[nodiscard]] Pence outturn() const { return to_date + more + rest; }
    friend bool operator==(const AccountForecast&, const AccountForecast&) = default;
};

// By line; absent line: all lines together. The empty account is the commissioner's sum.
using ForecastKey = std::pair<Account, std::optional<BudgetLine>>;
using YearForecast = std::map<ForecastKey, AccountForecast>;

// Sums are exact: accounts of a line to the line, lines to the total.
YearForecast forecast_year(const YearForecastInputs& inputs);

}  // namespace purse
