// One line's months, account by account, and what the months after any of them would have been
// said to be: the forecast of the year and its own past.
#pragma once

#include <span>
#include <vector>

#include "monitoring/year_forecast.hpp"
#include "statistics/credibility.hpp"
#include "statistics/monthly_forecast.hpp"

namespace purse {

// Of the months from `origin` on; index by account.
struct LineAhead {
    MonthlyForecast line;
    double rest = 0;   // of the line
    double error = 0;  // of it, before what past forecasts say
    std::vector<double> shares, own_shares, base_shares, credibilities;
    std::vector<double> account_errors;

    [[nodiscard]] double of(std::size_t account) const { return rest * shares[account]; }
};

class LineSeries {
  public:
    // `accounts` in order; months without a row are noughts. Bases are what an account would use by
    // its size alone, in any unit; 0 where nothing is known.
    LineSeries(Month first, Month last, std::vector<Account> accounts, std::vector<double> bases,
               ProfileKind days);
    void add(std::size_t account, Month month, double pence);

    [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
    [[nodiscard]] std::size_t months() const { return months_; }
    [[nodiscard]] Month month(std::size_t at) const { return first_ + static_cast<int>(at); }
    [[nodiscard]] double at(std::size_t account, std::size_t month) const {
        return costs_[account][month];
    }
    [[nodiscard]] double sum(std::size_t account, std::size_t from, std::size_t to) const;
    [[nodiscard]] double line_sum(std::size_t from, std::size_t to) const;

    // From what the months before `origin` tell alone.
    [[nodiscard]] Result<LineAhead> ahead(std::size_t origin, std::size_t steps) const;

  private:
    [[nodiscard]] std::vector<double> own_shares(std::size_t origin) const;
    [[nodiscard]] std::vector<MemberRecord> records(std::span<const double> bases, std::size_t from,
                                                    std::size_t origin) const;
    void set_shares(LineAhead& ahead, std::size_t origin) const;

    Month first_;
    std::size_t months_;
    std::vector<Account> accounts_;
    std::vector<double> bases_;
    std::vector<std::vector<double>> costs_;  // by account and month
    std::vector<double> line_;
    ProfileKind days_;
};

}  // namespace purse
