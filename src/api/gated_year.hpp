// A financial year's figures for readers who may not see small numbers: one table of every account,
// budget line and month, put through the disclosure gate once. Every page, file and working that
// such a reader gets of any month of the year is cut from it, so that putting them together says no
// more than the table itself, of which the gate promises that no small count can be found
// (access/disclosure.hpp).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "access/disclosure.hpp"
#include "activity/budget_line.hpp"
#include "desk/month_series.hpp"

namespace purse {

class GatedYear {
  public:
    // The last of `series` (months, oldest first) is the latest closed month of its year: the
    // year's other months are taken as that closing has them.
    GatedYear(const std::vector<MonthOfSeries>& series, const DisclosurePolicy& policy);

    // No account: all together. No line: all lines in budgets together.
    struct Of {
        std::optional<Account> account;
        std::optional<BudgetLine> line;
    };
    [[nodiscard]] bool has(Month month) const;
    // In the month alone, and in the year to it. Nothing counted: zero.
    [[nodiscard]] ShownCell in_month(const Of& of, Month month) const;
    [[nodiscard]] ShownCell to_date(const Of& of, Month month) const;
    // Whether the line stands outside the account's budgets in some month: then it is not here.
    [[nodiscard]] bool is_outside(const Account& account, BudgetLine line) const;

    [[nodiscard]] FinancialYear year() const { return first_.financial_year(); }
    [[nodiscard]] Month latest() const { return first_ + static_cast<int>(shown_.periods) - 1; }
    // The closing that all figures are of.
    [[nodiscard]] int closing() const { return closing_; }
    [[nodiscard]] std::vector<BudgetLine> lines() const;
    [[nodiscard]] std::vector<Account> accounts() const;
    // The states of the year's data up to the month, as that closing has them.
    [[nodiscard]] std::vector<DataStatus> data_to(Month month) const;
    [[nodiscard]] const DisclosurePolicy& policy() const { return policy_; }

  private:
    struct Place {
        std::size_t period = 0;
        std::size_t row = 0;
        std::size_t column = 0;
    };
    // Nothing where the table has no such row or column: nothing was counted there.
    [[nodiscard]] std::optional<Place> place_of(const Of& of, Month month) const;

    DisclosurePolicy policy_;
    Month first_;
    int closing_ = 0;
    std::map<Account, std::size_t> rows_;
    std::map<BudgetLine, std::size_t> columns_;
    std::set<std::pair<Account, BudgetLine>> outside_;
    std::vector<DataStatus> data_;
    ShownTable shown_;
};

}  // namespace purse
