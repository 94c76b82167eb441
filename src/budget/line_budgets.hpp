// A year's budgets of every practice and line under a scheme: the lines of a block are moved
// together, at one need weight, and each line's budgets add up to its envelope to the penny.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "budget/scheme.hpp"
#include "population/patients.hpp"

namespace purse {

// What a practice brings to one line.
struct LineHistory {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    Pence historic;         // opening recurrent baseline, on this year's list; not below £0
    Patients list;          // registered
    std::int64_t need = 0;  // weighted patients in millionths; the same on all lines of a block
    std::string place;      // "budgets.csv line 7", for problems
};

using Envelopes = std::map<BudgetLine, Pence>;

struct PracticeLineBudget {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    Pence historic;
    Pence stand_still;            // history's share of the line's envelope
    std::optional<Pence> target;  // need's share of it; none where the method asks for no weight
    Pence budget;
    // Of the whole block the line is in, as are the flags: in millionths.
    std::optional<std::int64_t> distance_before, distance_after;
    std::optional<int> years_to_tolerance;  // no_year_of_this_scheme: not under this scheme
    bool floor_applied = false;
    bool cap_applied = false;
    bool minimum_unfunded = false;
};

struct BlockResult {
    std::string name;
    BudgetMethod method = BudgetMethod::blend;
    Pence envelope;
    std::optional<PacedBlock> paced;  // of a blend
};

struct YearBudgets {
    std::vector<PracticeLineBudget> budgets;  // by practice, then line
    std::vector<BlockResult> blocks;
};

// How the move of a block falls on its lines: each line has its stand-still budget, plus the part
// of the practice's move that the line has of the block's envelope. Rounded to whole pence so that
// practices' moves and lines' envelopes both hold.
//
// Refused, with the rows: a line that the scheme leaves out, an envelope without practices or
// practices without an envelope, a practice that lacks a line of its block or has it twice, needs
// that differ within a block, and all that paced() refuses.
Result<YearBudgets> year_budgets(std::vector<LineHistory> histories, const Envelopes& envelopes,
                                 const Scheme& scheme);

}  // namespace purse
