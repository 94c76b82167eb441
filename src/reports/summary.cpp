#include "reports/summary.hpp"

#include <utility>

namespace purse {

namespace {

SummaryRow row_of(Account account, const AccountMonth& figures, const Statement& statement) {
    SummaryRow row;
    row.code = account.text();
    row.name = statement.name;
    row.is_practice = statement.is_practice;
    row.month = statement.total.month;
    row.year_to_date = statement.total.year_to_date;
    row.annual_budget = statement.total.annual_budget;
    row.budget_to_date = statement.total.budget_to_date;
    row.more_to_date = statement.total.more_to_date;
    CHECK(row.year_to_date.cost == figures.total().year_to_date.cost);
    return row;
}

void add_into(SummaryRow& sum, const SummaryRow& row) {
    sum.month += row.month;
    sum.year_to_date += row.year_to_date;
    if (row.annual_budget) {
        sum.annual_budget = sum.annual_budget.value_or(Pence(0)) + *row.annual_budget;
    }
    if (row.budget_to_date) {
        sum.budget_to_date = sum.budget_to_date.value_or(Pence(0)) + *row.budget_to_date;
    }
    if (row.more_to_date) {
        if (!sum.more_to_date) sum.more_to_date.emplace();
        *sum.more_to_date += *row.more_to_date;
    }
}

void add_into(AccountMonth& sum, const AccountMonth& account) {
    for (const auto& [line, figures] : account.lines) sum.lines[line] += figures;
    for (const auto& [line, budget] : account.budgets) sum.budgets[line] += budget;
    for (const auto& [line, more] : account.expected) sum.expected[line] += more;
    for (const auto& [line, outside] : account.outside) {
        OutsideFigures& whole = sum.outside[line];
        whole.why = outside.why;
        whole.figures += outside.figures;
    }
    for (const auto& [key, records] : account.set_aside) sum.set_aside[key] += records;
    sum.consultant_referrals += account.consultant_referrals;
}

}  // namespace

std::optional<Pence> SummaryRow::variance() const {
    if (!budget_to_date) return std::nullopt;
    return year_to_date.cost - *budget_to_date;
}

Summary make_summary(const std::map<Account, AccountMonth>& accounts,
                     const StatementSetting& setting) {
    Summary summary;
    summary.commissioner = setting.commissioner;
    summary.month = setting.month;
    summary.tariffs = setting.tariffs;
    summary.closing = setting.closing;
    summary.practices.name = "Practices";
    summary.unattributed.name = "Unattributed";
    summary.total.name = "Total";
    AccountMonth whole;
    for (const auto& [account, figures] : accounts) {
        const SummaryRow row = row_of(account, figures, make_statement(account, figures, setting));
        add_into(row.is_practice ? summary.practices : summary.unattributed, row);
        add_into(whole, figures);
        summary.rows.push_back(row);
    }
    add_into(summary.total, summary.practices);
    add_into(summary.total, summary.unattributed);
    // A line may be outside for some accounts and inside for others: both figures are shown.
    const auto outside = std::exchange(whole.outside, {});
    for (const auto& [line, figures] : outside) {
        if (!whole.lines.contains(line) && !whole.budgets.contains(line)) {
            whole.outside[line] = figures;
        }
    }
    const Statement lines = make_statement(Account(), whole, setting);
    CHECK(lines.total.year_to_date.cost == summary.total.year_to_date.cost);
    CHECK(lines.total.month.cost == summary.total.month.cost);
    for (const auto& [line, figures] : outside) {
        summary.outside.push_back({std::string(name_of(line).code), std::string(name_of(line).name),
                                   std::string(in_words(figures.why)), figures.figures.month,
                                   figures.figures.year_to_date});
    }
    summary.lines = lines.rows;
    summary.lines.push_back(lines.total);
    summary.contracts_say = lines.contracts_say;
    summary.set_aside = lines.set_aside;
    summary.data = lines.data;
    return summary;
}

}  // namespace purse
