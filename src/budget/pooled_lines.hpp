// Lines of a block are moved together, as one sum: a practice's share of last year's money is taken
// of the whole block, where line by line it would be another sum, for the lines' money does not
// grow alike. This is the difference, line by line, so that the move towards the fair share can be
// told apart from it.
#pragma once

#include <map>
#include <utility>

#include "budget/derivation.hpp"

namespace purse {

using PooledLines = std::map<std::pair<PracticeCode, BudgetLine>, Pence>;

// What moving its block's lines together adds to each practice's line; nothing where a block has no
// pace of change. A practice's lines add up to its share of the block less its shares of the lines;
// over all practices and lines of a block that is nothing.
PooledLines pooled_lines(const Derivation& derivation);

}  // namespace purse
