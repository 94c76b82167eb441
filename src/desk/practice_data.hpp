// The data that a budget is set from, as they are shown to a practice before anything is offered:
// its list, its budget of the year before by line, and what it used.
#pragma once

#include <memory>
#include <optional>

#include "desk/site.hpp"
#include "desk/statements.hpp"
#include "population/list_size.hpp"

namespace purse {

// Gathered once for any number of practices.
class PracticeData {
  public:
    // As the site knows them on the day; use comes from the latest closed month of the year before.
    static Result<PracticeData> gather(const Site& site, FinancialYear year, Date today);

    [[nodiscard]] const std::vector<PracticeCode>& practices() const { return practices_; }
    [[nodiscard]] std::string name_of(PracticeCode practice) const;
    // Line by line, as text; what is not known is said to be so.
    [[nodiscard]] std::string shown_to(PracticeCode practice) const;

  private:
    PracticeData(FinancialYear year, Date today, Lists lists)
        : year_(year), today_(today), lists_(std::move(lists)) {}
    [[nodiscard]] std::string list_lines(PracticeCode practice) const;
    [[nodiscard]] std::string budget_lines_of(PracticeCode practice) const;
    [[nodiscard]] std::string use_lines(PracticeCode practice) const;

    FinancialYear year_;
    Date today_;
    Lists lists_;
    std::vector<PracticeCode> practices_;
    std::map<PracticeCode, std::string> names_;
    std::map<PracticeCode, std::map<BudgetLine, Pence>> budgets_;
    std::optional<Month> used_to_;
    std::optional<MonthReports> used_;
};

// The practices that the year's budgets are for: the commissioner's on its first day.
std::vector<PracticeCode> budget_practices(const Site& site, FinancialYear year);

}  // namespace purse
