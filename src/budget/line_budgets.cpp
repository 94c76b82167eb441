#include "budget/line_budgets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "money/shares.hpp"

namespace purse {

namespace {

// One block's practices by code, each with its lines in the scheme's order.
struct BlockInputs {
    const SchemeBlock* block = nullptr;
    std::vector<BudgetLine> lines;
    std::vector<Pence> envelopes;  // by line
    Pence envelope;
    std::map<PracticeCode, std::vector<const LineHistory*>> practices;
};

std::string named(BudgetLine line) { return std::string(name_of(line).code); }

std::string where(const LineHistory& history) {
    return history.place.empty() ? history.practice.text() : history.place;
}

Outcome check_row(const LineHistory& history, const Envelopes& envelopes, const Scheme& scheme) {
    const LineScope scope = scheme.scopes.at(history.line);
    if (scope != LineScope::in) {
        return bad_input(
            fmt::format("{}: the line '{}' is {} in the scheme {}: practices have no "
                        "budget for it",
                        where(history), named(history.line), to_text(scope), scheme.name));
    }
    if (!envelopes.contains(history.line)) {
        return bad_input(fmt::format("{}: there is no envelope for the line '{}'", where(history),
                                     named(history.line)));
    }
    if (history.historic < Pence(0)) {
        return bad_input(fmt::format("{}: {} has a historic figure below £0.00 for '{}'",
                                     where(history), history.practice.text(), named(history.line)));
    }
    return Nothing{};
}

Outcome put(BlockInputs& inputs, const LineHistory& history) {
    const auto place = std::ranges::find(inputs.lines, history.line) - inputs.lines.begin();
    auto& rows = inputs.practices[history.practice];
    rows.resize(inputs.lines.size());
    const LineHistory*& row = rows[static_cast<std::size_t>(place)];
    if (row != nullptr) {
        return bad_input(fmt::format("{}: {} has the line '{}' a second time (first in {})",
                                     where(history), history.practice.text(), named(history.line),
                                     where(*row)));
    }
    row = &history;
    return Nothing{};
}

Outcome check_whole(const BlockInputs& inputs) {
    for (const auto& [practice, rows] : inputs.practices) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i] == nullptr) {
                return bad_input(
                    fmt::format("{} has no row for the line '{}': write 0 if it had "
                                "no such care",
                                practice.text(), named(inputs.lines[i])));
            }
            if (rows[i]->need != rows[0]->need) {
                return bad_input(fmt::format(
                    "{}: {} has another need weight for '{}' than for '{}', which the scheme moves "
                    "together (block {}): give one weight, or put the line in a block of its own",
                    where(*rows[i]), practice.text(), named(inputs.lines[i]),
                    named(inputs.lines[0]), inputs.block->name));
            }
        }
    }
    return Nothing{};
}

Result<std::vector<BlockInputs>> blocks_of(const std::vector<LineHistory>& histories,
                                           const Envelopes& envelopes, const Scheme& scheme) {
    std::vector<BlockInputs> blocks;
    for (const SchemeBlock& block : scheme.blocks) {
        BlockInputs inputs;
        inputs.block = &block;
        for (const BudgetLine line : block.lines) {
            const auto envelope = envelopes.find(line);
            if (envelope == envelopes.end()) continue;
            inputs.lines.push_back(line);
            inputs.envelopes.push_back(envelope->second);
            inputs.envelope += envelope->second;
        }
        if (!inputs.lines.empty()) blocks.push_back(std::move(inputs));
    }
    for (const LineHistory& history : histories) {
        if (auto fine = check_row(history, envelopes, scheme); !fine) return fine.problem();
        const SchemeBlock* block = scheme.block_of(history.line);
        const auto inputs = std::ranges::find(blocks, block, &BlockInputs::block);
        if (auto fine = put(*inputs, history); !fine) return fine.problem();
    }
    for (const BlockInputs& inputs : blocks) {
        if (inputs.practices.empty()) {
            return bad_input(fmt::format("the envelope of '{}' has no practices to share it",
                                         named(inputs.lines.front())));
        }
        if (auto fine = check_whole(inputs); !fine) return fine.problem();
    }
    return blocks;
}

Outcome check_envelopes(const Envelopes& envelopes, const Scheme& scheme) {
    for (const auto& [line, envelope] : envelopes) {
        if (scheme.scopes.at(line) != LineScope::in) {
            return bad_input(
                fmt::format("the line '{}' is {} in the scheme {}: it has no envelope "
                            "for practices",
                            named(line), to_text(scheme.scopes.at(line)), scheme.name));
        }
        if (envelope <= Pence(0)) {
            return bad_input(fmt::format("the envelope of '{}' is {}; it must be above £0.00",
                                         named(line), in_pounds(envelope)));
        }
    }
    return Nothing{};
}

std::vector<std::int64_t> needs_of(const BlockInputs& inputs) {
    std::vector<std::int64_t> needs;
    for (const auto& [practice, rows] : inputs.practices) needs.push_back(rows.front()->need);
    return needs;
}

bool has_needs(const BlockInputs& inputs) {
    return std::ranges::all_of(needs_of(inputs), [](std::int64_t need) { return need > 0; });
}

// The envelope of every line by history; a line without any history goes by need, or evenly.
std::vector<std::vector<Pence>> stand_stills(const BlockInputs& inputs) {
    std::vector<std::vector<Pence>> by_line;
    for (std::size_t line = 0; line < inputs.lines.size(); ++line) {
        std::vector<std::int64_t> weights;
        for (const auto& [practice, rows] : inputs.practices) {
            weights.push_back(rows[line]->historic.count());
        }
        if (std::ranges::all_of(weights, [](std::int64_t weight) { return weight == 0; })) {
            weights =
                has_needs(inputs) ? needs_of(inputs) : std::vector<std::int64_t>(weights.size(), 1);
        }
        by_line.push_back(shared_out(inputs.envelopes[line], weights));
    }
    return by_line;
}

std::vector<std::vector<Pence>> fair_shares_by_line(const BlockInputs& inputs) {
    std::vector<std::vector<Pence>> by_line;
    for (const Pence envelope : inputs.envelopes) {
        by_line.push_back(shared_out(envelope, needs_of(inputs)));
    }
    return by_line;
}

std::int64_t floor_of_ratio(wide numerator, wide denominator) {
    return divided(numerator, denominator, Rounding::floor);
}

// moves[i] spread over the lines in proportion to their envelopes, in whole pence: every practice's
// parts add up to its move, and every line's parts to nothing. What rounding down leaves is given
// practice by practice, a penny each, to the lines that lack most.
std::vector<std::vector<Pence>> spread(const std::vector<std::int64_t>& moves,
                                       const BlockInputs& inputs) {
    const std::size_t lines = inputs.lines.size();
    std::vector<std::vector<Pence>> parts(lines, std::vector<Pence>(moves.size()));
    std::vector<std::int64_t> lacks(lines, 0);
    std::vector<std::int64_t> left = moves;
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const std::int64_t part = floor_of_ratio(
                wide{moves[i]} * inputs.envelopes[line].count(), wide{inputs.envelope.count()});
            parts[line][i] = Pence(part);
            lacks[line] -= part;
            left[i] -= part;
        }
    }
    std::vector<std::size_t> order(lines);
    for (std::size_t i = 0; i < moves.size(); ++i) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order,
                                 [&](std::size_t a, std::size_t b) { return lacks[a] > lacks[b]; });
        for (std::int64_t penny = 0; penny < left[i]; ++penny) {
            const std::size_t line = order[static_cast<std::size_t>(penny)];
            parts[line][i] += Pence(1);
            --lacks[line];
        }
    }
    CHECK(std::ranges::all_of(lacks, [](std::int64_t lack) { return lack == 0; }));
    return parts;
}

std::vector<PaceInput> pace_inputs(const BlockInputs& inputs) {
    std::vector<PaceInput> openings;
    for (const auto& [practice, rows] : inputs.practices) {
        PaceInput input{practice, Pence(), rows.front()->need, std::nullopt};
        for (const LineHistory* row : rows) input.opening += row->historic;
        openings.push_back(input);
    }
    return openings;
}

// Of the envelope over all openings, cut to millionths.
Factor growth_of(const std::vector<PaceInput>& openings, Pence envelope) {
    Pence all;
    for (const PaceInput& input : openings) all += input.opening;
    const wide ratio = wide{envelope.count()} * Factor::one;
    return Factor(divided(ratio, wide{all.count()}, Rounding::down) - Factor::one);
}

std::int64_t distance(Pence amount, Pence target) {
    const wide off = (wide{amount.count()} - target.count()) * Factor::one;
    return divided(off, wide{target.count()}, Rounding::half_up);
}

using Years = std::vector<std::optional<int>>;

// The rows of one block, from each line's budgets.
void add_rows(const BlockInputs& inputs, const std::vector<std::vector<Pence>>& still,
              const std::vector<std::vector<Pence>>& budgets, YearBudgets& year,
              const std::optional<PacedBlock>& paced, const Years& years) {
    const bool with_needs = has_needs(inputs);
    const auto targets = with_needs ? fair_shares_by_line(inputs) : still;
    std::size_t at = 0;
    for (const auto& [practice, rows] : inputs.practices) {
        Pence stand_still, budget, target;
        for (std::size_t line = 0; line < inputs.lines.size(); ++line) {
            stand_still += still[line][at];
            budget += budgets[line][at];
            target += targets[line][at];
        }
        for (std::size_t line = 0; line < inputs.lines.size(); ++line) {
            PracticeLineBudget row;
            row.practice = practice;
            row.line = inputs.lines[line];
            row.historic = rows[line]->historic;
            row.stand_still = still[line][at];
            row.budget = budgets[line][at];
            row.years_to_tolerance = years[at];
            if (with_needs && target > Pence(0)) {
                row.target = targets[line][at];
                row.distance_before = distance(stand_still, target);
                row.distance_after = distance(budget, target);
            }
            if (paced) {
                const PacedPractice& moved = paced->practices[at];
                row.distance_before = moved.distance_before;
                row.distance_after = moved.distance_after;
                row.floor_applied = moved.floor_applied;
                row.cap_applied = moved.cap_applied;
                row.minimum_unfunded = moved.minimum_unfunded;
            }
            year.budgets.push_back(row);
        }
        ++at;
    }
}

Outcome check_not_below_zero(const BlockInputs& inputs,
                             const std::vector<std::vector<Pence>>& budgets) {
    for (std::size_t line = 0; line < budgets.size(); ++line) {
        std::size_t at = 0;
        for (const auto& [practice, rows] : inputs.practices) {
            if (budgets[line][at++] >= Pence(0)) continue;
            return bad_input(fmt::format(
                "{}: its move down takes the line '{}' below £0.00, for it has little history "
                "there: put the line in a block of its own",
                practice.text(), named(inputs.lines[line])));
        }
    }
    return Nothing{};
}

// Told with the rows, which the pace of change does not know.
Outcome check_openings(const BlockInputs& inputs) {
    std::string rows_without;
    int count = 0;
    for (const auto& [practice, rows] : inputs.practices) {
        const bool any = std::ranges::any_of(
            rows, [](const LineHistory* row) { return row->historic > Pence(0); });
        if (any || ++count > 10) continue;
        rows_without += fmt::format("{}{} ({})", rows_without.empty() ? "" : ", ", practice.text(),
                                    where(*rows.front()));
    }
    if (count == 0) return Nothing{};
    if (count > 10) rows_without += fmt::format(" and {} more", count - 10);
    return bad_input(fmt::format(
        "block {}: {}: no opening budget above £0.00: give the practice its recurrent baseline",
        inputs.block->name, rows_without));
}

Outcome add_blend(const BlockInputs& inputs, const Scheme& scheme, YearBudgets& year) {
    if (auto fine = check_openings(inputs); !fine) return fine;
    const std::vector<PaceInput> openings = pace_inputs(inputs);
    auto block = paced(openings, inputs.envelope, scheme.pace);
    if (!block) {
        return bad_input(fmt::format("block {}: {}", inputs.block->name, block.problem().says));
    }
    const Factor growth = scheme.assumed_growth.value_or(growth_of(openings, inputs.envelope));
    const auto counts = years_to_tolerance(openings, *block, scheme.pace, growth);
    if (!counts) return counts.problem();
    const auto still = stand_stills(inputs);
    std::vector<std::int64_t> moves;
    for (std::size_t i = 0; i < block->practices.size(); ++i) {
        Pence move = block->practices[i].budget;
        for (const auto& line : still) move -= line[i];
        moves.push_back(move.count());
    }
    auto budgets = spread(moves, inputs);
    for (std::size_t line = 0; line < budgets.size(); ++line) {
        for (std::size_t i = 0; i < moves.size(); ++i) budgets[line][i] += still[line][i];
    }
    if (auto fine = check_not_below_zero(inputs, budgets); !fine) return fine;
    add_rows(inputs, still, budgets, year, *block, Years(counts->begin(), counts->end()));
    year.blocks.push_back(
        {inputs.block->name, BudgetMethod::blend, inputs.envelope, std::move(*block)});
    return Nothing{};
}

Outcome add_fair_share(const BlockInputs& inputs, YearBudgets& year) {
    std::string without;
    int count = 0;
    for (const auto& [practice, rows] : inputs.practices) {
        if (rows.front()->need > 0 || ++count > 10) continue;
        without += (without.empty() ? "" : ", ") + practice.text();
    }
    if (count > 10) without += fmt::format(" and {} more", count - 10);
    if (!without.empty()) {
        return bad_input(
            fmt::format("block {}: {}: no need weight above 0: a missing weight is "
                        "never taken as 1",
                        inputs.block->name, without));
    }
    add_rows(inputs, stand_stills(inputs), fair_shares_by_line(inputs), year, std::nullopt,
             Years(inputs.practices.size(), 0));
    year.blocks.push_back(
        {inputs.block->name, BudgetMethod::fair_share, inputs.envelope, std::nullopt});
    return Nothing{};
}

Outcome add_historic(const BlockInputs& inputs, const Scheme& scheme, YearBudgets& year) {
    const auto still = stand_stills(inputs);
    Years years(inputs.practices.size());
    const std::size_t first = year.budgets.size();
    add_rows(inputs, still, still, year, std::nullopt, years);
    for (std::size_t row = first; row < year.budgets.size(); ++row) {
        auto& budget = year.budgets[row];
        if (!budget.distance_before) continue;
        const bool within = std::abs(*budget.distance_before) <= scheme.pace.tolerance.millionths();
        budget.years_to_tolerance = within ? 0 : no_year_of_this_scheme;
    }
    year.blocks.push_back(
        {inputs.block->name, BudgetMethod::historic, inputs.envelope, std::nullopt});
    return Nothing{};
}

Outcome add_block(const BlockInputs& inputs, const Scheme& scheme, YearBudgets& year) {
    switch (inputs.block->method) {
        case BudgetMethod::historic:
            return add_historic(inputs, scheme, year);
        case BudgetMethod::fair_share:
            return add_fair_share(inputs, year);
        case BudgetMethod::blend:
            return add_blend(inputs, scheme, year);
    }
    check_failed("a budget method without a rule", __FILE__, __LINE__);
}

void check_sums(const YearBudgets& year, const Envelopes& envelopes) {
    Envelopes sums;
    for (const PracticeLineBudget& row : year.budgets) sums[row.line] += row.budget;
    CHECK(sums == envelopes);
}

}  // namespace

Result<YearBudgets> year_budgets(std::vector<LineHistory> histories, const Envelopes& envelopes,
                                 const Scheme& scheme) {
    if (auto fine = check_envelopes(envelopes, scheme); !fine) return fine.problem();
    const auto blocks = blocks_of(histories, envelopes, scheme);
    if (!blocks) return blocks.problem();
    YearBudgets year;
    for (const BlockInputs& inputs : *blocks) {
        if (auto done = add_block(inputs, scheme, year); !done) return done.problem();
    }
    std::ranges::sort(year.budgets, {}, [](const PracticeLineBudget& row) {
        return std::pair(row.practice, row.line);
    });
    check_sums(year, envelopes);
    return year;
}

}  // namespace purse
