// One practice's budget in one block of lines, told step by step so that somebody with a pocket
// calculator follows it from last year's share and the fair share to the budget.
#pragma once

#include <string>
#include <vector>

#include "budget/line_budgets.hpp"

namespace purse {

struct ToldStep {
    std::string says;
    std::string arithmetic;  // "£2,400,000.00 × £12,300,000.00 ÷ £12,000,000.00"
    std::string result;      // "£2,460,000.00", "+29.5%"
};

struct ToldBlock {
    std::string name;
    std::string lines;  // "Day cases, Elective inpatients"
    std::vector<ToldStep> steps;
};

// What a block's sums are made of: the practice's beside everybody's.
struct BlockFigures {
    const BlockResult* block = nullptr;
    std::string lines;
    Pence opening, all_openings;
    std::int64_t need = 0, all_needs = 0;  // millionths of a weighted patient; 0: none known
    Pence shares_by_line;     // the practice's stand-still budgets of the lines, summed
    Pence budget;             // the practice's, of the lines, summed
    std::string need_source;  // "weights.csv, general_and_acute"
};

// The budget that the told steps come to is compared with the budget: where rounding moved a penny
// so that everybody's add up, the last step says so.
ToldBlock told(const BlockFigures& figures, PracticeCode practice, const PaceRule& rule);

// "29.5%", "−2.6%"; "+29.5%" too where a sign is wanted.
std::string percent(wide numerator, wide denominator, bool with_plus = false);

// A rate of a scheme with all its decimals: "0.25%", "2%".
std::string exact_percent(Factor factor);
// amount × numerator ÷ denominator, rounded half up once; nothing of nothing.
Pence ratio_of(Pence amount, Pence numerator, Pence denominator);

}  // namespace purse
