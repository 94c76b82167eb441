#include "monitoring/line_series.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "calendar/working_days.hpp"

namespace purse {

namespace {

// So many months tell an account's share.
constexpr std::size_t months_of_share = 36;

double days_in(Month month, ProfileKind kind) {
    return kind == ProfileKind::working_days ? working_days(month) : month.days();
}

// An account is there from its first cost on.
std::size_t first_cost(const std::vector<double>& costs, std::size_t from, std::size_t to) {
    while (from < to && costs[from] <= 0) ++from;
    return from;
}

}  // namespace

LineSeries::LineSeries(Month first, Month last, std::vector<Account> accounts,
                       std::vector<double> bases, ProfileKind days)
    : first_(first),
      months_(static_cast<std::size_t>(last - first + 1)),
      accounts_(std::move(accounts)),
      bases_(std::move(bases)),
      costs_(accounts_.size(), std::vector<double>(months_, 0.0)),
      line_(months_, 0.0),
      days_(days) {
    CHECK(last >= first);
    CHECK(bases_.size() == accounts_.size());
}

void LineSeries::add(std::size_t account, Month month, double pence) {
    const auto at = static_cast<std::size_t>(month - first_);
    CHECK(month >= first_ && at < months_);
    costs_[account][at] += pence;
    line_[at] += pence;
}

double LineSeries::sum(std::size_t account, std::size_t from, std::size_t to) const {
    const auto& costs = costs_[account];
    return std::accumulate(costs.begin() + static_cast<std::ptrdiff_t>(from),
                           costs.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
}

double LineSeries::line_sum(std::size_t from, std::size_t to) const {
    return std::accumulate(line_.begin() + static_cast<std::ptrdiff_t>(from),
                           line_.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
}

Result<LineAhead> LineSeries::ahead(std::size_t origin, std::size_t steps) const {
    CHECK(origin <= months_);
    std::vector<double> values;
    std::vector<double> days;
    for (std::size_t i = 0; i < origin + steps; ++i) {
        if (i < origin) values.push_back(std::max(0.0, line_[i]));
        days.push_back(days_in(month(i), days_));
    }
    auto line = monthly_forecast(values, days);
    if (!line) return line.problem();
    LineAhead ahead;
    ahead.line = std::move(*line);
    ahead.rest = ahead.line.sum();
    ahead.error = ahead.line.sum_error;
    set_shares(ahead, origin);
    return ahead;
}

// Of the last year.
std::vector<double> LineSeries::own_shares(std::size_t origin) const {
    const std::size_t from = origin > months_of_year ? origin - months_of_year : 0;
    const double whole = line_sum(from, origin);
    std::vector<double> shares;
    for (std::size_t i = 0; i < costs_.size(); ++i) {
        shares.push_back(whole > 0 ? std::max(0.0, sum(i, from, origin) / whole) : 0);
    }
    return shares;
}

// What came to each account with a base, and what its base alone would have brought it.
std::vector<MemberRecord> LineSeries::records(std::span<const double> bases, std::size_t from,
                                              std::size_t origin) const {
    std::vector<MemberRecord> records;
    for (std::size_t i = 0; i < costs_.size(); ++i) {
        if (bases[i] <= 0) continue;
        MemberRecord record{std::vector<double>(origin - from), std::vector<double>(origin - from)};
        for (std::size_t t = first_cost(costs_[i], from, origin); t < origin; ++t) {
            record.came[t - from] = costs_[i][t];
            record.expected[t - from] = bases[i] * line_[t];
        }
        records.push_back(std::move(record));
    }
    return records;
}

void LineSeries::set_shares(LineAhead& ahead, std::size_t origin) const {
    const std::size_t count = accounts_.size();
    const std::size_t from = origin > months_of_share ? origin - months_of_share : 0;
    ahead.own_shares = own_shares(origin);
    ahead.shares = ahead.own_shares;
    ahead.credibilities.assign(count, 1);
    ahead.base_shares.assign(count, 0);
    ahead.account_errors.assign(count, 0);
    const double all_bases = std::accumulate(bases_.begin(), bases_.end(), 0.0);
    for (std::size_t i = 0; i < count && all_bases > 0; ++i) {
        ahead.base_shares[i] = bases_[i] / all_bases;
    }
    auto found = credibility_of(records(ahead.base_shares, from, origin));
    for (std::size_t i = 0, member = 0; found && i < count; ++i) {
        const double base = ahead.base_shares[i];
        if (base <= 0) continue;
        const MemberCredibility& own = found->members[member++];
        ahead.own_shares[i] = std::max(0.0, base * own.own);
        ahead.shares[i] = std::max(0.0, base * own.believed);
        ahead.credibilities[i] = own.credibility;
        // Until a month in the middle of the rest it moves on.
        const double moved = found->moving * static_cast<double>(ahead.line.means.size()) / 3;
        ahead.account_errors[i] = std::pow(base * ahead.rest, 2) * (own.variance + moved);
    }
    // Without sizes nothing is pooled; how months scatter about an account's share is still seen.
    if (!found) found = credibility_of(records(ahead.own_shares, from, origin));
    const double sum = std::accumulate(ahead.shares.begin(), ahead.shares.end(), 0.0);
    const double relative = ahead.rest > 0 ? ahead.error / ahead.rest : 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (sum > 0) ahead.shares[i] /= sum;
        const double rest = ahead.of(i);
        const double own = found ? found->within * rest : 0;
        ahead.account_errors[i] =
            std::sqrt(ahead.account_errors[i] + own + std::pow(relative * rest, 2));
    }
}

}  // namespace purse
