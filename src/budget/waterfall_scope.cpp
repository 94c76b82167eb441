#include "budget/waterfall_scope.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "budget/pooled_lines.hpp"

namespace purse {

void WaterfallLevels::add(const DerivedLine& line, Pence pooling) {
    baseline += line.baseline;
    repriced += line.repriced;
    protected_saving += line.protected_saving;
    on_new_list += line.on_new_list;
    with_growth += line.with_growth;
    with_efficiency += line.with_efficiency;
    opening += line.opening;
    stand_still += line.stand_still;
    pooled += line.stand_still + pooling;
    paced += line.paced;
    gross += line.gross;
    risk_pool += line.risk_pool;
    management += line.management;
    net += line.net;
}

WaterfallScope::WaterfallScope(const DerivationInputs& of_inputs, const Derivation& of_derivation,
                               const DerivationPractice& of_practice,
                               std::optional<BudgetLine> of_line)
    : inputs(of_inputs), derivation(of_derivation), practice(of_practice), line(of_line) {
    const PooledLines pooled = pooled_lines(derivation);
    for (const DerivedLine& derived : derivation.lines) {
        if (!covers(derived.line)) continue;
        const auto found = pooled.find({derived.practice, derived.line});
        const Pence pooling = found == pooled.end() ? Pence(0) : found->second;
        all.add(derived, pooling);
        if (is_own(derived)) own.add(derived, pooling);
    }
}

bool WaterfallScope::covers(const BlockResult& block) const {
    return !line || derivation.scheme.block_of(*line)->name == block.name;
}

const BlockResult& WaterfallScope::block_of_line() const {
    const SchemeBlock* block = derivation.scheme.block_of(*line);
    return *std::ranges::find(derivation.year.blocks, block->name, &BlockResult::name);
}

std::optional<BudgetMethod> WaterfallScope::method() const {
    std::optional<BudgetMethod> one;
    for (const BlockResult& block : derivation.year.blocks) {
        if (!covers(block)) continue;
        if (one && *one != block.method) return std::nullopt;
        one = block.method;
    }
    return one;
}

BlockFigures WaterfallScope::figures_of(const BlockResult& block) const {
    BlockFigures figures;
    figures.block = &block;
    const SchemeBlock* scheme_block = nullptr;
    for (const DerivedLine& derived : derivation.lines) {
        const SchemeBlock* own_block = derivation.scheme.block_of(derived.line);
        if (own_block->name != block.name) continue;
        scheme_block = own_block;
        figures.all_openings += derived.opening;
        if (derived.practice != practice.practice) continue;
        figures.opening += derived.opening;
        figures.shares_by_line += derived.stand_still;
        figures.budget += derived.paced;
        figures.lines += (figures.lines.empty() ? "" : ", ");
        figures.lines += name_of(derived.line).name;
    }
    if (scheme_block == nullptr) return figures;
    figures.need_source = fmt::format("{}, {}", inputs.need_source, scheme_block->need);
    for (const DerivationPractice& one : inputs.practices) {
        const auto need = one.needs.find(scheme_block->need);
        if (need == one.needs.end()) {
            figures.need = figures.all_needs = 0;
            break;
        }
        figures.all_needs += need->second;
        if (one.practice == practice.practice) figures.need = need->second;
    }
    return figures;
}

const PacedPractice& paced_practice(const BlockResult& block, PracticeCode practice) {
    const auto found =
        std::ranges::find(block.paced->practices, practice, &PacedPractice::practice);
    CHECK(found != block.paced->practices.end());
    return *found;
}

}  // namespace purse
