// How a year's budgets are worked out, from last year's care to the net budget, as one pure
// function of its inputs: anyone who has the inputs gets the same pence.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "budget/block_told.hpp"
#include "budget/entries.hpp"
#include "budget/line_budgets.hpp"
#include "explain/working.hpp"

namespace purse {

struct DerivationLine {
    BudgetLine line = BudgetLine::day_case;
    Pence baseline;   // the named period's care by the prices of its own time
    Pence repriced;   // the same by the prices of the budget's year
    Pence recurrent;  // dated entries that stay: full-year effects, transfers
    Pence one_off;    // dated entries of this year only: prior-year items, repayments
    friend bool operator==(const DerivationLine&, const DerivationLine&) = default;
};

struct DerivationPractice {
    PracticeCode practice;
    std::string name;
    Patients list_then;                         // in the baseline period
    Patients list_now;                          // that the budget is for
    std::map<std::string, std::int64_t> needs;  // by component, millionths of a weighted patient
    std::vector<DerivationLine> lines;          // by line
    friend bool operator==(const DerivationPractice&, const DerivationPractice&) = default;
};

// Care of the baseline that no practice of the budget's year answers for.
struct UnattributedLine {
    Pence baseline;
    Pence repriced;
    friend bool operator==(const UnattributedLine&, const UnattributedLine&) = default;
};

// A practice's line whose baseline is out of line with the practice's own earlier years: told to
// both sides as it was found, and no part of the arithmetic.
struct BaselineRemark {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    std::string says;
    friend bool operator==(const BaselineRemark&, const BaselineRemark&) = default;
};

struct DerivationInputs {
    FinancialYear year;
    std::string name;  // of the draft
    std::string scheme_text;
    Month baseline_from, baseline_to;
    std::string price_source;  // "tariff of 2016/17 version 1e08e3f1, and of 2017/18 version ..."
    std::string list_source;
    std::string need_source;
    std::vector<DerivationPractice> practices;  // by code
    Envelopes allocation;                       // the commissioner's money by line
    std::map<BudgetLine, UnattributedLine> unattributed;
    std::vector<BudgetAdjustment> adjustments;  // already in the lines: put_adjustments
    std::vector<RecordedSaving> savings;        // put_savings
    std::vector<BaselineRemark> remarks;
    friend bool operator==(const DerivationInputs&, const DerivationInputs&) = default;
};

// The levels of one practice and line. Each is rounded once, half up; a step of the waterfall is
// the difference of two, so that the steps add up to the budget identically.
struct DerivedLine {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    Pence baseline;
    Pence repriced;
    Pence protected_saving;  // + what a saver's baseline is kept up by, at the year's prices
    Pence on_new_list;       // × list now ÷ list then
    Pence with_growth;       // × (1 + growth of the scheme)
    Pence with_efficiency;   // × (1 − efficiency of the scheme)
    Pence opening;           // + recurrent entries
    Pence stand_still;       // history's share of the line's envelope
    Pence paced;             // after the method: pace of change, fair share
    Pence gross;             // + one-off entries
    Pence risk_pool;
    Pence management;
    Pence net;
};

// allocation = Σ net + risk_pool + management + reserve + blocked_back, to the penny.
struct DerivedTotal {
    BudgetLine line = BudgetLine::day_case;
    Pence allocation;
    Pence envelope;  // for practices
    Pence growth_reserve;
    Pence unattributed_price_change;  // of that care, from the baseline
    Pence unattributed;               // kept for care that no practice answers for
    Pence one_off;                    // of practices, paid out of the reserve's place
    Pence kept;                       // by repayments, contingencies and top slices
    Pence risk_pool;
    Pence management;
    Pence blocked_back;
    [[nodiscard]] Pence reserve() const { return growth_reserve + unattributed + kept; }
};

struct Derivation {
    Scheme scheme;
    std::vector<DerivedLine> lines;  // by practice and line
    std::vector<DerivedTotal> totals;
    YearBudgets year;
};

// Adds the entries to the lines of their practices; a problem where there is no such line.
Outcome put_adjustments(DerivationInputs& inputs, std::vector<BudgetAdjustment> adjustments);
// The same for savings, which a scheme protects for its number of years.
Outcome put_savings(DerivationInputs& inputs, std::vector<RecordedSaving> savings);

Result<Derivation> derive(const DerivationInputs& inputs);

// A step of a waterfall: the practice's own beside the whole commissioner's.
struct WaterfallStep {
    std::string title;       // "Your list"
    std::string says;        // plain English first
    std::string arithmetic;  // what a pocket calculator needs
    Pence amount;            // what the step adds; of the first and the last: what stands
    Pence commissioner;      // the same over all practices
    std::string source;
    bool is_level = false;  // a sum so far, not a step
};

struct Waterfall {
    PracticeCode practice;
    std::string name;
    FinancialYear year;
    std::string what;  // "All lines", or the line's name
    std::vector<WaterfallStep> steps;
    std::vector<std::string> notes;  // distances, flags, years until the tolerance
    std::vector<ToldBlock> blocks;   // the step towards the fair share, for a pocket calculator
    std::vector<Waterfall> by_line;  // of all lines: each line's own
    std::string file;                // the derivation's, when it is known
    Pence net;
};

// Of one line, or of all; a problem when the practice or the line is not in the draft. The steps
// between the levels add up to the net budget: CHECKed.
Result<Waterfall> waterfall_of(const DerivationInputs& inputs, const Derivation& derivation,
                               PracticeCode practice, std::optional<BudgetLine> line);

}  // namespace purse
