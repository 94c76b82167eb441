// What is in force in a year: what was agreed or ruled by a draft, and the changes since.
#pragma once

#include <map>
#include <string>

#include "budget/profile.hpp"
#include "desk/site.hpp"
#include "monitoring/account_month.hpp"

namespace purse {

struct PracticeInForce {
    std::string draft;  // its name; empty: a file was imported, and no scheme applies
    std::string since;  // when it came in force, ISO 8601 in UTC
    std::map<BudgetLine, Pence> lines;
    // With a draft: budgets of block contracts' lines, imported beside it. No scheme moves them.
    std::map<BudgetLine, Pence> beside_draft;
};
std::map<PracticeCode, PracticeInForce> budgets_in_force(const Site& site, FinancialYear year);

// What each line falls on the months by.
class LineProfiles {
  public:
    static Result<LineProfiles> of(const Site& site, FinancialYear year);
    [[nodiscard]] const Profile& at(BudgetLine line) const { return profiles_.at(line); }

  private:
    std::map<BudgetLine, Profile> profiles_;
};

// Lines that are in no budget of a practice by the draft it was agreed by: left out, or blocked
// back to the commissioner. Its actuals are measured without them too.
NotInBudgets not_in_budgets(const Site& site, FinancialYear year);

}  // namespace purse
