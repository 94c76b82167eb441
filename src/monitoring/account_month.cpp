#include "monitoring/account_month.hpp"

#include <tuple>

namespace purse {

namespace {

enum class MonthPeriod { month, earlier_this_year, last_year, none };

MonthPeriod period_of(Month row, Month month) {
    if (row == month) return MonthPeriod::month;
    if (row.financial_year() == month.financial_year() && row < month) {
        return MonthPeriod::earlier_this_year;
    }
    const Month year_on = row + 12;
    const bool same_period = year_on.financial_year() == month.financial_year() && year_on <= month;
    return same_period ? MonthPeriod::last_year : MonthPeriod::none;
}

void add(LineFigures& line, MonthPeriod period, const Figures& figures) {
    if (period == MonthPeriod::last_year) {
        line.last_year_to_date += figures;
        return;
    }
    if (period == MonthPeriod::month) line.month += figures;
    line.year_to_date += figures;
}

// Fine costs of one account, month and line, gathered before they are rounded once.
using FineKey = std::tuple<Account, BudgetLine, Month>;

class Months {
  public:
    Months(Month month, const RollUp& roll_up, const NotInBudgets& outside)
        : month_(month), roll_up_(roll_up), outside_(outside) {}

    void take(const CubeRow& row) {
        const MonthPeriod period = period_of(row.month, month_);
        if (period == MonthPeriod::none) return;
        const Account account(row.account);
        const Account holder = roll_up_(account);
        AccountMonth& shown = accounts_[holder];
        const bool counts = counts_as_activity(row);
        if (!counts && period != MonthPeriod::last_year) {
            shown.set_aside[{row.outcome, row.reason}] += row.records;
        }
        if (!counts && row.full == Pence(0)) return;
        Figures figures;
        if (counts)
            figures.activity =
                row.records == 0 || row.set == DataSet::prescribing ? row.items : row.records;
        if (counts) figures.bed_days = row.bed_days;
        figures.cost = row.full;
        if (row.set == DataSet::prescribing) {
            fine_[{account, row.line, row.month}] += row.fine_cost;
        }
        if (add_outside(holder, row.line, period, figures)) return;
        add(shown.lines[row.line], period, figures);
        add(shown.parts[account], period, figures);
        if (period != MonthPeriod::last_year) shown.not_paid_year_to_date += row.full - row.payable;
        Figures referrals;
        referrals.activity = row.consultant_referrals;
        add(shown.consultant_referrals, period, referrals);
    }

    std::map<Account, AccountMonth> finish() {
        for (const auto& [key, cost] : fine_) {
            const auto& [account, line, row_month] = key;
            Figures figures;
            figures.cost = rounded(cost, Rounding::half_up);
            const MonthPeriod period = period_of(row_month, month_);
            const Account holder = roll_up_(account);
            if (add_outside(holder, line, period, figures)) continue;
            AccountMonth& shown = accounts_[holder];
            add(shown.lines[line], period, figures);
            add(shown.parts[account], period, figures);
        }
        return std::move(accounts_);
    }

  private:
    // Whether the line is in no budget of the account.
    bool add_outside(Account holder, BudgetLine line, MonthPeriod period, const Figures& figures) {
        const auto lines = outside_.find(holder);
        if (lines == outside_.end()) return false;
        const auto why = lines->second.find(line);
        if (why == lines->second.end()) return false;
        OutsideFigures& outside = accounts_[holder].outside[line];
        outside.why = why->second;
        add(outside.figures, period, figures);
        return true;
    }

    Month month_;
    const RollUp& roll_up_;
    const NotInBudgets& outside_;
    std::map<Account, AccountMonth> accounts_;
    std::map<FineKey, FinePence> fine_;
};

}  // namespace

bool counts_as_activity(CostOutcome outcome) {
    return outcome == CostOutcome::priced || outcome == CostOutcome::zero_priced ||
           outcome == CostOutcome::local_price || outcome == CostOutcome::as_given;
}

bool counts_as_activity(const CubeRow& row) {
    const bool split_imaging = row.records == 0;
    return split_imaging || counts_as_activity(row.outcome);
}

std::string_view in_words(NotInBudget why) {
    return why == NotInBudget::out ? "out of the budgets" : "blocked back to the commissioner";
}

Figures& Figures::operator+=(const Figures& other) {
    activity += other.activity;
    bed_days += other.bed_days;
    cost += other.cost;
    return *this;
}

LineFigures& LineFigures::operator+=(const LineFigures& other) {
    month += other.month;
    year_to_date += other.year_to_date;
    last_year_to_date += other.last_year_to_date;
    return *this;
}

LineBudget& LineBudget::operator+=(const LineBudget& other) {
    annual += other.annual;
    to_date += other.to_date;
    return *this;
}

LineExpected& LineExpected::operator+=(const LineExpected& other) {
    month += other.month;
    year_to_date += other.year_to_date;
    return *this;
}

LineFigures AccountMonth::total() const {
    LineFigures sum;
    for (const auto& [line, figures] : lines) sum += figures;
    return sum;
}

LineBudget AccountMonth::budget() const {
    LineBudget sum;
    for (const auto& [line, amount] : budgets) sum += amount;
    return sum;
}

std::map<Account, AccountMonth> account_months(
    std::span<const CubeRow> cube,
    const std::map<Account, std::map<BudgetLine, LineBudget>>& budgets, Month month,
    const RollUp& roll_up, const NotInBudgets& outside, const std::vector<BudgetChange>& changes) {
    Months months(month, roll_up, outside);
    for (const CubeRow& row : cube) months.take(row);
    std::map<Account, AccountMonth> accounts = months.finish();
    for (const auto& [account, lines] : budgets) {
        AccountMonth& shown = accounts[roll_up(account)];
        for (const auto& [line, amount] : lines) shown.budgets[line] += amount;
    }
    for (const BudgetChange& change : changes) {
        AccountMonth& shown = accounts[roll_up(change.account)];
        shown.budgets[change.line] += change.budget;
        shown.changes.push_back(change);
    }
    return accounts;
}

namespace {

// An account's part of a contract, where its line's figures stand.
void add_share(AccountMonth& shown, const BlockShare& share, bool last_year,
               const NotInBudgets::mapped_type* outside) {
    LineFigures figures;
    if (last_year) {
        figures.last_year_to_date.cost = share.to_date;
    } else {
        figures.month.cost = share.month;
        figures.year_to_date.cost = share.to_date;
        shown.contracts.push_back(share);
    }
    if (outside != nullptr) {
        if (const auto why = outside->find(share.line); why != outside->end()) {
            OutsideFigures& kept_out = shown.outside[share.line];
            kept_out.why = why->second;
            kept_out.figures += figures;
            return;
        }
    }
    shown.lines[share.line] += figures;
    shown.parts[share.practice] += figures;
}

}  // namespace

void add_contracts(std::map<Account, AccountMonth>& accounts,
                   std::span<const SharedContract> contracts, Month month, const RollUp& roll_up,
                   const NotInBudgets& outside) {
    for (const SharedContract& one : contracts) {
        const bool this_year = one.contract.year == month.financial_year();
        const bool last_year = one.contract.year == (month - 12).financial_year();
        if (!this_year && !last_year) continue;
        for (const auto& [account, share] :
             block_shares(one.contract, one.weights, this_year ? month : month - 12)) {
            const Account holder = roll_up(account);
            const auto kept_out = outside.find(holder);
            add_share(accounts[holder], share, last_year,
                      kept_out == outside.end() ? nullptr : &kept_out->second);
        }
    }
}

void add_expected(std::map<Account, AccountMonth>& accounts, std::span<const IncompleteCell> cells,
                  Month month, const RollUp& roll_up, const NotInBudgets& outside) {
    for (const IncompleteCell& cell : cells) {
        const MonthPeriod period = period_of(cell.month, month);
        if (period == MonthPeriod::none || period == MonthPeriod::last_year) continue;
        const Account holder = roll_up(cell.account);
        const auto kept_out = outside.find(holder);
        if (kept_out != outside.end() && kept_out->second.contains(cell.line)) continue;
        LineExpected& line = accounts[holder].expected[cell.line];
        const ExpectedMore more = cell.expected();
        if (period == MonthPeriod::month) line.month += more;
        line.year_to_date += more;
    }
}

}  // namespace purse
