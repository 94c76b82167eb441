// The same money under several methods or schemes, side by side: who gains, who loses, how far from
// the fair share everybody is before and after.
#pragma once

#include <string>
#include <vector>

#include "money/pence.hpp"

namespace purse {

// One practice under one scheme, over all lines. Budgets are the method's, before dated entries of
// the year and hand-backs.
struct ComparedAmounts {
    Pence opening;
    Pence budget;
    // Over the lines that have a fair share (none where no need is known).
    Pence fair_share, stand_still_of_it, budget_of_it;
};

struct ComparedPractice {
    std::string code;
    std::string name;
    std::vector<ComparedAmounts> under;  // by scheme
};

struct ComparedName {
    std::string name;   // "fair-share"
    std::string title;  // "all lines by fair-share, else as pbc-2009"
};

struct ComparedBudgets {
    std::string title;
    std::vector<ComparedName> schemes;
    std::vector<ComparedPractice> practices;
};

std::string as_text(const ComparedBudgets& budgets);
std::string as_json(const ComparedBudgets& budgets);
std::string as_csv(const ComparedBudgets& budgets);
std::string as_html(const ComparedBudgets& budgets);

}  // namespace purse
