// An account's month: what a practice (or an unattributed account) used in the month and in the
// year to date, line by line, against its budget and beside last year. Pure arithmetic over cube
// rows.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "activity/cube.hpp"
#include "budget/block_contracts.hpp"
#include "calendar/month.hpp"
#include "money/pence.hpp"
#include "monitoring/completion.hpp"
#include "organisation/affiliation.hpp"

namespace purse {

struct Figures {
    std::int64_t activity = 0;  // spells, attendances, items
    std::int64_t bed_days = 0;
    Pence cost;

    Figures& operator+=(const Figures& other);
    friend bool operator==(const Figures&, const Figures&) = default;
};

struct LineFigures {
    Figures month;
    Figures year_to_date;
    Figures last_year_to_date;  // the same months of the year before

    LineFigures& operator+=(const LineFigures& other);
};

struct LineBudget {
    Pence annual;
    Pence to_date;

    LineBudget& operator+=(const LineBudget& other);
};

// Records that no line counts: excluded, without a price, refused. By outcome and reason, in the
// year to date.
struct SetAsideKey {
    CostOutcome outcome;
    std::string reason;
    friend auto operator<=>(const SetAsideKey&, const SetAsideKey&) = default;
};

// Why a line is in no budget of a practice: it is left out of the year's budgets, or practices gave
// it back to the commissioner, who keeps it for all (specialised care).
enum class NotInBudget : std::uint8_t { out, blocked_back };
std::string_view in_words(NotInBudget why);
using NotInBudgets = std::map<Account, std::map<BudgetLine, NotInBudget>>;

struct OutsideFigures {
    NotInBudget why = NotInBudget::out;
    LineFigures figures;
};

// A dated change of the budget since it was agreed; the budgets have it in them.
struct BudgetChange {
    Account account;  // whose it was: a merged practice's stands with its successor's
    BudgetLine line = BudgetLine::day_case;
    Month from;
    std::int64_t number = 0;  // of the change in the register
    LineBudget budget;        // what it adds
    std::string says;
};

// What is still to come of the months that are not frozen.
struct LineExpected {
    ExpectedMore month;
    ExpectedMore year_to_date;

    LineExpected& operator+=(const LineExpected& other);
};

struct AccountMonth {
    std::map<BudgetLine, LineFigures> lines;       // that the budget is for; all where none applies
    std::map<BudgetLine, OutsideFigures> outside;  // lines in no budget: in no total either
    std::map<BudgetLine, LineBudget> budgets;
    std::vector<BudgetChange> changes;
    std::map<BudgetLine, LineExpected> expected;  // of the lines; none: all is frozen
    std::map<SetAsideKey, std::int64_t> set_aside;
    LineFigures consultant_referrals;  // first attendances at another consultant's request; no cost
    Pence not_paid_year_to_date;  // of the full tariff: readmissions and marginal rate; not in cost
    // Its parts of block contracts: in the cost of their lines, and counting nothing.
    std::vector<BlockShare> contracts;
    std::map<Account, LineFigures> parts;  // what each merged practice brought, this one included

    [[nodiscard]] LineFigures total() const;
    [[nodiscard]] LineBudget budget() const;
};

// Whether the row's records are activity of its line. (Its cost always counts: an attendance
// without a price of its own may have unbundled imaging that has one.)
bool counts_as_activity(const CubeRow& row);
bool counts_as_activity(CostOutcome outcome);

// Where an account's figures are shown: a merged practice's history goes to its successor.
using RollUp = std::function<Account(Account)>;

// Every account that has figures or a budget, for the month and its financial year. A prescribing
// cost is rounded to pence once for each account, month and line, so that months add up to the year
// and practices to the commissioner. A line in no budget of the account that shows it stands
// outside its figures, so that budget and actual have one scope.
std::map<Account, AccountMonth> account_months(
    std::span<const CubeRow> cube,
    const std::map<Account, std::map<BudgetLine, LineBudget>>& budgets, Month month,
    const RollUp& roll_up, const NotInBudgets& outside = {},
    const std::vector<BudgetChange>& changes = {});

// Adds each account's part of the block contracts of the month's financial year, and of the year
// before as last year's.
void add_contracts(std::map<Account, AccountMonth>& accounts,
                   std::span<const SharedContract> contracts, Month month, const RollUp& roll_up,
                   const NotInBudgets& outside = {});

// Adds what is expected of the months of the year to date; the accounts were made of the same cube.
void add_expected(std::map<Account, AccountMonth>& accounts, std::span<const IncompleteCell> cells,
                  Month month, const RollUp& roll_up, const NotInBudgets& outside = {});

}  // namespace purse
