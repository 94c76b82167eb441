#include "budget/pooled_lines.hpp"

#include <algorithm>

#include "money/shares.hpp"

namespace purse {

namespace {

// The lines' parts of an amount of either sign, as their envelopes are.
std::vector<Pence> parts_of(Pence amount, const std::vector<std::int64_t>& envelopes) {
    std::vector<Pence> parts = shared_out(amount < Pence(0) ? -amount : amount, envelopes);
    if (amount < Pence(0)) {
        for (Pence& part : parts) part = -part;
    }
    return parts;
}

void add_block(const Derivation& derivation, const BlockResult& block, PooledLines& pooled) {
    std::map<BudgetLine, std::int64_t> envelopes;
    std::map<PracticeCode, Pence> openings, by_line;
    for (const DerivedLine& line : derivation.lines) {
        if (derivation.scheme.block_of(line.line)->name != block.name) continue;
        envelopes[line.line] += line.paced.count();
        openings[line.practice] += line.opening;
        by_line[line.practice] += line.stand_still;
    }
    std::vector<std::int64_t> weights, line_weights;
    for (const auto& [practice, opening] : openings) weights.push_back(opening.count());
    for (const auto& [line, envelope] : envelopes) line_weights.push_back(envelope);
    const std::vector<Pence> shares = shared_out(block.envelope, weights);
    std::size_t at = 0;
    for (const auto& [practice, sum] : by_line) {
        const auto parts = parts_of(shares[at++] - sum, line_weights);
        std::size_t place = 0;
        for (const auto& [line, envelope] : envelopes) pooled[{practice, line}] = parts[place++];
    }
}

}  // namespace

PooledLines pooled_lines(const Derivation& derivation) {
    PooledLines pooled;
    for (const BlockResult& block : derivation.year.blocks) {
        if (block.paced) add_block(derivation, block, pooled);
    }
    return pooled;
}

}  // namespace purse
