// What one waterfall is told of: a practice beside all practices, on one line or on all lines.
#pragma once

#include <optional>

#include "budget/derivation.hpp"

namespace purse {

// The levels summed over the lines asked for.
struct WaterfallLevels {
    Pence baseline, repriced, protected_saving, on_new_list, with_growth, with_efficiency, opening;
    Pence stand_still, pooled, paced, gross, risk_pool, management, net;

    // `pooling` is what moving the lines of its block together adds to the line: pooled_lines.
    void add(const DerivedLine& line, Pence pooling);
};

// Refers to the inputs and the derivation, which outlive it.
struct WaterfallScope {
    WaterfallScope(const DerivationInputs& of_inputs, const Derivation& of_derivation,
                   const DerivationPractice& of_practice, std::optional<BudgetLine> of_line);

    const DerivationInputs& inputs;
    const Derivation& derivation;
    const DerivationPractice& practice;
    std::optional<BudgetLine> line;  // none: all of the draft's
    WaterfallLevels own, all;        // of the practice, and of everybody

    [[nodiscard]] bool covers(BudgetLine other) const { return !line || other == *line; }
    [[nodiscard]] bool covers(const BlockResult& block) const;
    [[nodiscard]] bool is_own(const DerivedLine& derived) const {
        return derived.practice == practice.practice && covers(derived.line);
    }
    // Of the one line that is asked for.
    [[nodiscard]] const BlockResult& block_of_line() const;
    // The one method of all lines asked for, where they have one.
    [[nodiscard]] std::optional<BudgetMethod> method() const;
    // The practice's and everybody's sums over the block's lines.
    [[nodiscard]] BlockFigures figures_of(const BlockResult& block) const;
};

// The practice's, in a block that has a pace of change.
const PacedPractice& paced_practice(const BlockResult& block, PracticeCode practice);

}  // namespace purse
