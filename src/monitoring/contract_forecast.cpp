#include "monitoring/contract_forecast.hpp"

#include <set>

namespace purse {

namespace {

void shift(std::optional<ForecastRange>& range, Pence by) {
    if (range) range = ForecastRange{range->low + by, range->high + by};
}

void shift(std::optional<Pence>& amount, Pence by) {
    if (amount) *amount += by;
}

AccountForecast of_share(const BlockShare& share) {
    AccountForecast one;
    one.basis = ForecastBasis::contract;
    one.to_date = share.to_date;
    one.rest = share.annual - share.to_date;
    one.range_80 = one.range_95 = ForecastRange{share.annual, share.annual};
    one.naive = {share.annual, share.annual, share.annual};  // whoever foretells knows the contract
    return one;
}

void add_into(AccountForecast& sum, const AccountForecast& part) {
    if (part.budget) sum.budget = sum.budget.value_or(Pence(0)) + *part.budget;
    if (sum.basis == ForecastBasis::not_possible) {
        const auto budget = sum.budget;
        sum = part;
        sum.budget = budget;
        return;
    }
    sum.to_date += part.to_date;
    sum.rest += part.rest;
    const Pence more = part.outturn();
    shift(sum.range_80, more);
    shift(sum.range_95, more);
    shift(sum.naive.last_year, more);
    shift(sum.naive.last_month, more);
    shift(sum.naive.budget, more);
}

// Who used something and has no forecast of all lines: a contract alone must not stand for it.
std::set<Account> without_forecast(const YearForecast& forecast) {
    std::set<Account> accounts;
    for (const auto& [key, one] : forecast) {
        if (one.to_date == Pence(0)) continue;
        for (const Account account : {key.first, Account()}) {
            if (!forecast.contains({account, {}})) accounts.insert(account);
        }
    }
    return accounts;
}

bool is_outside(const NotInBudgets& outside, Account account, BudgetLine line) {
    const auto found = outside.find(account);
    return found != outside.end() && found->second.contains(line);
}

}  // namespace

void add_contracts(YearForecast& forecast, std::span<const SharedContract> contracts, Month month,
                   const RollUp& roll_up, const NotInBudgets& outside,
                   const std::map<Account, std::map<BudgetLine, Pence>>& budgets) {
    std::map<std::pair<Account, BudgetLine>, AccountForecast> parts;
    for (const SharedContract& one : contracts) {
        if (one.contract.year != month.financial_year()) continue;
        for (const auto& [practice, share] : block_shares(one.contract, one.weights, month)) {
            const Account account = roll_up(practice);
            if (is_outside(outside, account, share.line)) continue;
            add_into(parts[{account, share.line}], of_share(share));
        }
    }
    const Account everybody;
    const std::set<Account> not_possible = without_forecast(forecast);
    for (auto& [key, part] : parts) {
        const auto& [account, line] = key;
        const auto of_account = budgets.find(account);
        if (of_account != budgets.end()) {
            const auto budget = of_account->second.find(line);
            if (budget != of_account->second.end()) part.budget = budget->second;
        }
        forecast[{account, line}] = part;
        for (const ForecastKey& sum :
             {ForecastKey{account, {}}, ForecastKey{everybody, line}, ForecastKey{everybody, {}}}) {
            if (!sum.second && not_possible.contains(sum.first)) continue;
            add_into(forecast[sum], part);
        }
    }
}

}  // namespace purse
