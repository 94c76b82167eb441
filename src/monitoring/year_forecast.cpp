#include "monitoring/year_forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "money/shares.hpp"
#include "monitoring/forecast_ranges.hpp"
#include "monitoring/line_series.hpp"
#include "statistics/distributions.hpp"

namespace purse {

namespace {

const Account everybody;

// How many past origins the ranges are judged by.
constexpr std::size_t most_origins = 36;

Pence in_whole(double pence) { return Pence(std::llround(pence)); }

// Misses of past forecasts, for single lines and for all lines together.
struct Past {
    PastMisses account_lines, account_totals, lines, totals;
    Likeness of_accounts, of_all;
    // By the month before the origin, the account (none: everybody) and how far was looked.
    std::map<std::tuple<Month, Account, std::size_t>, PastSum> sums;

    void add(Month month, Account account, std::size_t steps, double missed, double error) {
        if (error <= 0) return;
        (account == everybody ? lines : account_lines).add(missed, error);
        sums[{month, account, steps}].add(missed, error);
    }
    [[nodiscard]] double alike(Account account) const {
        return (account == everybody ? of_all : of_accounts).alike();
    }
    void close() {
        for (const auto& [key, sum] : sums) {
            (std::get<1>(key) == everybody ? of_all : of_accounts).add(sum);
        }
        for (const auto& [key, sum] : sums) {
            const Account account = std::get<1>(key);
            (account == everybody ? totals : account_totals)
                .add(sum.missed, sum.error.together(alike(account)));
        }
    }
};

struct LineNow {
    BudgetLine line = BudgetLine::day_case;
    LineSeries series;
    std::size_t steps = 0;  // to the year's end
    std::optional<LineAhead> ahead;
};

class Forecaster {
  public:
    explicit Forecaster(const YearForecastInputs& inputs)
        : inputs_(inputs), year_(inputs.month.financial_year()) {
        std::set<Account> accounts;
        for (const AccountCost& cost : inputs.costs) accounts.insert(cost.account);
        for (const auto& [account, budgets] : inputs.budgets) accounts.insert(account);
        accounts_.assign(accounts.begin(), accounts.end());
    }

    YearForecast made() {
        for (const BudgetLineName& name : budget_lines) take_line(name.line);
        past_.close();
        set_ranges();
        add_totals();
        return std::move(forecast_);
    }

  private:
    [[nodiscard]] bool is_possible(BudgetLine line) const {
        const auto known = inputs_.known.find(line);
        return known != inputs_.known.end() && known->second.first <= year_.first_month() &&
               known->second.second >= year_.first_month() - 1;
    }

    [[nodiscard]] std::vector<double> bases_of(BudgetLine line) const {
        std::vector<double> by_budget;
        std::vector<double> by_list;
        bool all_have_budgets = true;
        for (const Account account : accounts_) {
            const auto list = inputs_.lists.find(account);
            const bool practice = !is_unattributed(account) && list != inputs_.lists.end();
            by_list.push_back(practice ? static_cast<double>(list->second) : 0);
            const auto budgets = inputs_.budgets.find(account);
            const bool has = budgets != inputs_.budgets.end() && budgets->second.contains(line);
            by_budget.push_back(has ? static_cast<double>(budgets->second.at(line).count()) : 0);
            if (practice && by_budget.back() <= 0) all_have_budgets = false;
        }
        return all_have_budgets ? by_budget : by_list;
    }

    void take_line(BudgetLine line) {
        const bool any = std::ranges::any_of(
            inputs_.costs, [&](const AccountCost& cost) { return cost.line == line; });
        if (!any) return take_unknown_line(line);
        set_to_date(line);
        if (!is_possible(line)) return;
        const auto& [first, last] = inputs_.known.at(line);
        LineNow now{
            line,
            LineSeries(first, last, accounts_, bases_of(line), inputs_.profiles.at(line).kind),
            static_cast<std::size_t>(year_.last_month() - last),
            {}};
        for (const AccountCost& cost : inputs_.costs) {
            if (cost.line != line || cost.month < first || cost.month > last) continue;
            const auto at = std::ranges::lower_bound(accounts_, cost.account) - accounts_.begin();
            now.series.add(static_cast<std::size_t>(at), cost.month,
                           static_cast<double>(cost.cost.count()));
        }
        auto ahead = now.series.ahead(now.series.months(), now.steps);
        if (ahead) now.ahead = std::move(*ahead);
        if (!now.ahead && now.steps > 0) return by_profile(line);
        look_back(now);
        set_rest(now);
        set_naive(now);
    }

    // Budgeted, and nothing of it is loaded: it stays out of the totals.
    void take_unknown_line(BudgetLine line) {
        for (const auto& [account, budgets] : inputs_.budgets) {
            const auto budget = budgets.find(line);
            if (budget == budgets.end()) continue;
            forecast_[{account, line}].budget = budget->second;
        }
    }

    void set_to_date(BudgetLine line) {
        for (const AccountCost& cost : inputs_.costs) {
            if (cost.line != line || cost.month < year_.first_month() ||
                cost.month > inputs_.month) {
                continue;
            }
            forecast_[{cost.account, line}].to_date += cost.cost;
        }
        for (const Account account : accounts_) {
            const auto budgets = inputs_.budgets.find(account);
            const auto of_line = budgets == inputs_.budgets.end()
                                     ? std::map<BudgetLine, Pence>::const_iterator()
                                     : budgets->second.find(line);
            if (budgets != inputs_.budgets.end() && of_line != budgets->second.end()) {
                forecast_[{account, line}].budget = of_line->second;
            }
            const auto more = inputs_.more.find({account, line});
            if (more == inputs_.more.end()) continue;
            AccountForecast& one = forecast_[{account, line}];
            one.more = more->second.more;
            one.to_date -= more->second.more;  // the costs are completed
        }
    }

    // Less than a year of months: what is left of the budget, and no range.
    void by_profile(BudgetLine line) {
        for (const Account account : accounts_) {
            const auto left = inputs_.budgets_left.find(account);
            if (left == inputs_.budgets_left.end() || !left->second.contains(line)) continue;
            AccountForecast& one = forecast_[{account, line}];
            one.basis = ForecastBasis::profile;
            one.rest = left->second.at(line);
        }
        add_commitments(line, {});
    }

    // What earlier months would have been forecast, and what came.
    void look_back(const LineNow& now) {
        const std::size_t months = now.series.months();
        const std::size_t first =
            std::max(months_of_year, months > most_origins ? months - most_origins : 0);
        for (std::size_t origin = first; origin < months; ++origin) {
            const Month before = now.series.month(origin - 1);
            const auto to_year_end =
                static_cast<std::size_t>(before.financial_year().last_month() - before);
            const std::size_t steps = std::min(to_year_end, months - origin);
            if (steps == 0) continue;
            const auto ahead = now.series.ahead(origin, steps);
            if (!ahead) continue;
            past_.add(before, everybody, steps,
                      now.series.line_sum(origin, origin + steps) - ahead->rest, ahead->error);
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                if (is_unattributed(accounts_[i])) continue;  // not what practices are
                past_.add(before, accounts_[i], steps,
                          now.series.sum(i, origin, origin + steps) - ahead->of(i),
                          ahead->account_errors[i]);
            }
        }
    }

    void set_rest(const LineNow& now) {
        if (!now.ahead) {  // the year is over
            for (const Account account : accounts_) at(account, now.line);
            return;
        }
        const LineAhead& ahead = *now.ahead;
        const Pence line_rest = in_whole(ahead.rest);
        std::vector<std::int64_t> weights;
        for (const double share : ahead.shares) weights.push_back(std::llround(share * 1e9));
        if (std::ranges::all_of(weights, [](std::int64_t weight) { return weight == 0; })) return;
        const std::vector<Pence> rests = shared_out(line_rest, weights);
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            if (weights[i] == 0 && !forecast_.contains({accounts_[i], now.line})) continue;
            AccountForecast& one = at(accounts_[i], now.line);
            one.rest = rests[i];
            one.line_rest = line_rest;
            one.share = ahead.shares[i];
            one.own_share = ahead.own_shares[i];
            one.base_share = ahead.base_shares[i];
            one.credibility = ahead.credibilities[i];
            errors_[{accounts_[i], now.line}] = ahead.account_errors[i];
        }
        errors_[{everybody, now.line}] = ahead.error;
        add_commitments(now.line, ahead.shares);
    }

    AccountForecast& at(Account account, BudgetLine line) {
        AccountForecast& one = forecast_[{account, line}];
        one.basis = ForecastBasis::carried_on;
        return one;
    }

    void add_commitments(BudgetLine line, const std::vector<double>& shares) {
        for (const Commitment& commitment : inputs_.commitments) {
            if (commitment.line != line || commitment.from > year_.last_month()) continue;
            const Month from = std::max(commitment.from, inputs_.month + 1);
            const int months = std::max(0, year_.last_month() - from + 1);
            const Pence whole(commitment.each_month.count() * months);
            std::vector<std::int64_t> weights;
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                const double share = shares.empty() ? 0 : shares[i];
                weights.push_back(commitment.account == everybody
                                      ? std::llround(share * 1e9)
                                      : std::int64_t{commitment.account == accounts_[i]});
            }
            if (std::ranges::all_of(weights, [](std::int64_t one) { return one == 0; })) continue;
            const std::vector<Pence> parts = shared_out(whole, weights);
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                if (parts[i] == Pence(0)) continue;
                AccountForecast& one = forecast_[{accounts_[i], line}];
                one.rest += parts[i];
                one.committed += parts[i];
            }
        }
    }

    void set_naive(const LineNow& now) {
        const LineSeries& series = now.series;
        const std::size_t months = series.months();
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            const auto found = forecast_.find({accounts_[i], now.line});
            if (found == forecast_.end()) continue;
            AccountForecast& one = found->second;
            const Pence used = one.to_date + one.more;
            if (months >= months_of_year) {
                const std::size_t from = months - months_of_year;
                one.naive.last_year = used + in_whole(series.sum(i, from, from + now.steps));
            }
            one.naive.last_month =
                used + in_whole(series.at(i, months - 1) * static_cast<double>(now.steps));
            const auto left = inputs_.budgets_left.find(accounts_[i]);
            if (left == inputs_.budgets_left.end() || !left->second.contains(now.line)) continue;
            one.naive.budget = used + left->second.at(now.line);
        }
    }

    struct Margins {
        double of_80 = 0;
        double of_95 = 0;
    };

    static Margins margins_of(double error, double completion, const PastMisses& past) {
        const auto margin = [&](double share) {
            return std::hypot(error * past.errors_for(share),
                              completion * normal_quantile((1 + share) / 2));
        };
        return {margin(0.80), margin(0.95)};
    }

    static void set_range(AccountForecast& one, const Margins& margins) {
        const auto around = [&](double margin) {
            return ForecastRange{one.outturn() - in_whole(margin),
                                 one.outturn() + in_whole(margin)};
        };
        one.range_80 = around(margins.of_80);
        one.range_95 = around(margins.of_95);
    }

    [[nodiscard]] double completion_error(Account account, BudgetLine line) const {
        const auto more = inputs_.more.find({account, line});
        return more == inputs_.more.end() ? 0 : more->second.error.standard_error();
    }

    void set_ranges() {
        for (auto& [key, one] : forecast_) {
            if (one.basis != ForecastBasis::carried_on) continue;
            set_range(one, margins_of(errors_[key], completion_error(key.first, *key.second),
                                      past_.account_lines));
        }
    }

    // Sums of lines, of accounts, and of both.
    void add_totals() {
        YearForecast sums;
        std::map<ForecastKey, ErrorSum> errors;
        std::map<ForecastKey, ExpectedMore> more;
        for (const auto& [key, one] : forecast_) {
            if (one.basis == ForecastBasis::not_possible) continue;
            const auto& [account, line] = key;
            for (const ForecastKey& sum : {ForecastKey{account, {}}, ForecastKey{everybody, line},
                                           ForecastKey{everybody, {}}}) {
                add_into(sums[sum], one, !errors.contains(sum));
                ErrorSum& error = errors[sum];
                if (sum.first == account) error.add(errors_[key]);
                const auto incomplete = inputs_.more.find({account, *line});
                if (incomplete != inputs_.more.end()) more[sum] += incomplete->second;
            }
        }
        for (const auto& [key, error] : errors_) {
            if (key.first != everybody) continue;
            errors[key].add(error);
            errors[{everybody, {}}].add(error);
        }
        for (auto& [key, sum] : sums) {
            if (!sum.budget) sum.naive.budget.reset();
            if (sum.basis == ForecastBasis::carried_on) {
                const PastMisses& past = key.first != everybody ? past_.account_totals
                                         : key.second           ? past_.lines
                                                                : past_.totals;
                set_range(sum,
                          margins_of(errors[key].together(key.second ? 0 : past_.alike(key.first)),
                                     more[key].error.standard_error(), past));
            }
            forecast_[key] = sum;
        }
    }

    static void add_into(std::optional<Pence>& sum, const std::optional<Pence>& more, bool first) {
        if (first) {
            sum = more;
        } else if (sum && more) {
            *sum += *more;
        } else {
            sum.reset();
        }
    }

    // A sum has a range only where all its parts are carried on, and a plain forecast where all
    // have it; its budget is that of the parts that are forecast.
    static void add_into(AccountForecast& sum, const AccountForecast& part, bool first) {
        sum.basis = first ? part.basis : std::max(sum.basis, part.basis);
        sum.to_date += part.to_date;
        sum.more += part.more;
        sum.rest += part.rest;
        sum.committed += part.committed;
        if (part.budget) sum.budget = sum.budget.value_or(Pence(0)) + *part.budget;
        add_into(sum.naive.last_year, part.naive.last_year, first);
        add_into(sum.naive.last_month, part.naive.last_month, first);
        const Pence outturn = part.outturn();
        // What no budget is for is taken as it is.
        add_into(sum.naive.budget, part.naive.budget ? part.naive.budget : outturn, first);
    }

    const YearForecastInputs& inputs_;
    FinancialYear year_;
    std::vector<Account> accounts_;
    YearForecast forecast_;
    std::map<ForecastKey, double> errors_;
    Past past_;
};

}  // namespace

std::string_view to_text(ForecastBasis basis) {
    constexpr std::array<std::string_view, 4> texts = {"contract", "carried_on", "profile",
                                                       "not_possible"};
    return texts[static_cast<std::size_t>(basis)];
}

Result<ForecastBasis> parse_forecast_basis(std::string_view text) {
    for (const ForecastBasis basis : {ForecastBasis::contract, ForecastBasis::carried_on,
                                      ForecastBasis::profile, ForecastBasis::not_possible}) {
        if (to_text(basis) == text) return basis;
    }
    return bad_input("'" + std::string(text) + "' is no basis of a forecast");
}

YearForecast forecast_year(const YearForecastInputs& inputs) { return Forecaster(inputs).made(); }

}  // namespace purse
