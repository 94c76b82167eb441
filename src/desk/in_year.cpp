#include "desk/in_year.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/in_year_inputs.hpp"

namespace purse {

namespace {

Pence of_account(const InYearSums& sums, PracticeCode account, BudgetLine line) {
    const auto found = sums.find({account, line});
    return found == sums.end() ? Pence(0) : found->second;
}

Pence of_practices(const InYearSums& sums, BudgetLine line) {
    Pence sum;
    for (const auto& [key, amount] : sums) {
        if (key.second == line && !is_unattributed(key.first)) sum += amount;
    }
    return sum;
}

InYearSums with(InYearSums sums, const std::vector<InYearMove>& moves) {
    for (const InYearMove& move : moves) {
        sums[{move.from, move.line}] -= move.amount;
        sums[{move.to, move.line}] += move.amount;
    }
    return sums;
}

// What the draft gives practices of a line, told apart by what is in force.
void add_practices(InYearTotal& total, const InYearState& state) {
    std::map<PracticeCode, Pence> drafted;
    for (const DerivedLine& line : state.base.derivation.lines) {
        if (line.line == total.line) drafted[line.practice] = line.net;
    }
    Pence in_force, in_force_by_draft;
    for (const auto& [practice, budget] : state.in_force) {
        const auto own = budget.lines.find(total.line);
        if (own != budget.lines.end()) in_force += own->second;
        const auto net = drafted.find(practice);
        if (net == drafted.end()) continue;
        in_force_by_draft += net->second;
        drafted.erase(net);
    }
    for (const auto& [practice, net] : drafted) total.not_in_force += net;
    total.other_drafts = in_force - in_force_by_draft;
    total.practices_before += in_force;
    total.practices += in_force;
}

std::vector<InYearTotal> totals_of(const InYearState& state, const InYearSums& before,
                                   const InYearSums& after) {
    std::vector<InYearTotal> totals;
    for (const DerivedTotal& derived : state.base.derivation.totals) {
        InYearTotal total;
        total.line = derived.line;
        total.allocation = derived.allocation;
        total.handed_back = derived.risk_pool + derived.management;
        total.unattributed = derived.unattributed;
        total.blocked_back = derived.blocked_back;
        total.practices_before = of_practices(before, total.line);
        total.practices = of_practices(after, total.line);
        add_practices(total, state);
        total.reserve_before =
            derived.growth_reserve + of_account(before, growth_reserve_account, total.line);
        total.reserve =
            derived.growth_reserve + of_account(after, growth_reserve_account, total.line);
        total.left = of_account(after, left_account, total.line);
        CHECK(total.sum() == total.allocation + total.other_drafts);
        totals.push_back(total);
    }
    return totals;
}

std::vector<InYearPracticeTotal> practices_of(const InYearState& state, const InYearResult& result,
                                              const InYearSums& before, const InYearSums& after) {
    std::vector<InYearPracticeTotal> practices;
    for (const InYearPractice& practice : state.inputs.practices) {
        const PracticeCode code = practice.practice;
        InYearPracticeTotal total;
        total.practice = code;
        total.name = state.affiliations->name_of(code);
        total.list_before = practice.list_before;
        const auto list = result.lists.find(code);
        total.list = list == result.lists.end() ? practice.list_before : list->second;
        if (const auto budget = state.in_force.find(code); budget != state.in_force.end()) {
            for (const auto& [line, annual] : budget->second.lines) total.agreed += annual;
        }
        total.before = total.after = total.agreed;
        for (const BudgetLineName& line : budget_lines) {
            total.before += of_account(before, code, line.line);
            total.after += of_account(after, code, line.line);
        }
        const bool moved = std::ranges::any_of(result.moves, [&](const InYearMove& move) {
            return move.from == code || move.to == code;
        });
        if (moved) practices.push_back(std::move(total));
    }
    std::ranges::sort(practices, {}, &InYearPracticeTotal::practice);
    return practices;
}

Result<InYearChange> record(Site& site, const AdjustBudgetsRequest& request,
                            const InYearState& state, const InYearResult& result) {
    NewInYearChange change;
    change.year = request.year;
    change.from = request.from;
    change.draft = state.draft.digest;
    change.at = request.at;
    change.author = request.by;
    change.note = request.note;
    change.moves = result.moves;
    change.lists = result.lists;
    change.movements = state.inputs.movements;
    if (!state.changes.empty()) change.previous = state.changes.back().hash;
    return site.decisions().record_in_year_change(change);
}

}  // namespace

Result<AdjustBudgetsReport> adjust_budgets(Site& site, const AdjustBudgetsRequest& request) {
    if (request.by.empty()) return bad_input("a change of budgets has an author: give --by");
    auto state = gather_in_year(site, request);
    if (!state) return state.problem();
    if (!state->changes.empty() && state->changes.back().change.from > request.from) {
        return conflict(
            fmt::format("there is a change from {} on: a later one cannot go back to {}",
                        to_text(state->changes.back().change.from), to_text(request.from)));
    }
    auto result = adjusted_in_year(state->inputs);
    if (!result) return result.problem();
    AdjustBudgetsReport report;
    report.year = request.year;
    report.from = request.from;
    report.draft = state->draft.name;
    const InYearSums before = sums_of(state->changes);
    const InYearSums after = with(before, result->moves);
    report.totals = totals_of(*state, before, after);
    report.practices = practices_of(*state, *result, before, after);
    report.notes = std::move(state->notes);
    if (!request.dry_run && !(result->moves.empty() && result->lists.empty())) {
        auto recorded = record(site, request, *state, *result);
        if (!recorded) return recorded.problem();
        report.recorded = std::move(*recorded);
    }
    report.result = std::move(*result);
    return report;
}

}  // namespace purse
