// How a budget was worked out, and drafts compared: as text, JSON, CSV and pages.
#pragma once

#include <string>
#include <vector>

#include "budget/derivation.hpp"

namespace purse {

std::string as_text(const Waterfall& waterfall);
std::string as_json(const Waterfall& waterfall);
std::string as_csv(const Waterfall& waterfall);  // step, says, arithmetic, pence, source
std::string as_html(const Waterfall& waterfall);

// One practice under each scheme, and what it had before.
struct ComparedPractice {
    std::string code;
    std::string name;
    Pence opening;
    std::vector<Pence> gross;                           // by scheme
    std::vector<std::optional<std::int64_t>> distance;  // after, of the largest block; millionths
};
struct ComparedBudgets {
    std::string title;
    std::vector<std::string> schemes;
    std::vector<ComparedPractice> practices;
};

std::string as_text(const ComparedBudgets& budgets);
std::string as_csv(const ComparedBudgets& budgets);
std::string as_html(const ComparedBudgets& budgets);

}  // namespace purse
