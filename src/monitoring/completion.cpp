#include "monitoring/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace purse {

namespace {

constexpr std::size_t stage_count = 3;

// What a pool knew of one month at each stage.
struct MonthOfPool {
    std::array<double, stage_count> cost{};
    std::array<std::int64_t, stage_count> records{};
};

// Which stages of a provider's month were loaded: a stage without a line's records is nought, one
// that never came is no knowledge.
using Loaded = std::map<std::tuple<DataSet, ProviderCode, Month>, std::array<bool, stage_count>>;

Loaded loaded_stages(std::span<const StageCost> history) {
    Loaded loaded;
    for (const StageCost& one : history) {
        loaded[{one.set, one.provider, one.month}][static_cast<std::size_t>(one.stage)] = true;
    }
    return loaded;
}

// The stages that a triangle from this one on has: without a flex an early month still freezes.
std::vector<std::size_t> steps_from(Extract stage, const std::vector<MonthOfPool>& months) {
    if (stage == Extract::flex) return {1, 2};
    const bool flexes =
        std::ranges::all_of(months, [](const auto& one) { return one.cost[1] > 0; });
    return flexes ? std::vector<std::size_t>{0, 1, 2} : std::vector<std::size_t>{0, 2};
}

struct Learnt {
    FactorToUltimate to;
    int months = 0;
    std::int64_t records = 0;
};

std::optional<Learnt> learnt_from(Extract stage, const std::map<Month, MonthOfPool>& by_month,
                                  int most_months) {
    const auto at = static_cast<std::size_t>(stage);
    std::vector<MonthOfPool> months;
    for (auto one = by_month.rbegin(); one != by_month.rend(); ++one) {
        if (static_cast<int>(months.size()) == most_months) break;
        if (one->second.cost[at] > 0 && one->second.cost[2] > 0) months.push_back(one->second);
    }
    if (months.size() < 2) return std::nullopt;
    const auto steps = steps_from(stage, months);
    RunOffTriangle triangle;
    Learnt learnt;
    for (const MonthOfPool& one : months) {
        std::vector<double>& row = triangle.emplace_back();
        for (const std::size_t step : steps) row.push_back(one.cost[step]);
        learnt.records += one.records[at];
    }
    const auto ladder = chain_ladder(triangle);
    if (!ladder) return std::nullopt;
    learnt.to = factor_to_ultimate(*ladder, 0);
    learnt.months = static_cast<int>(months.size());
    return learnt;
}

double in_pence(FinePence cost) {
    return static_cast<double>(cost.thousandths()) / static_cast<double>(FinePence::per_penny);
}

}  // namespace

std::string_view in_words(CompletionPool pool) {
    constexpr std::array<std::string_view, 4> words = {
        "the provider's own months of the line", "the provider's months of all lines",
        "all providers' months of the data set", "all hospital data"};
    return words[static_cast<std::size_t>(pool)];
}

std::string CompletionFactor::says() const {
    return fmt::format(
        "earlier months came to {:.1f}% of what their {} extract showed ({} months; {})",
        100 * to.factor, to_text(stage), months, in_words(pool));
}

Completion::Completion(std::span<const StageCost> history, const CompletionRules& rules) {
    const Loaded loaded = loaded_stages(history);
    std::map<Pool, std::map<Month, MonthOfPool>> pools;
    for (const StageCost& one : history) {
        const auto& stages = loaded.at({one.set, one.provider, one.month});
        for (const Extract stage : {Extract::early, Extract::flex}) {
            // A month counts where it is known at the stage and when frozen, by the same provider.
            if (!stages[static_cast<std::size_t>(stage)] || !stages[2]) continue;
            const auto add = [&](const Pool& pool) {
                MonthOfPool& month = pools[pool][one.month];
                month.cost[static_cast<std::size_t>(one.stage)] += in_pence(one.cost);
                month.records[static_cast<std::size_t>(one.stage)] += one.records;
            };
            add({CompletionPool::line, one.set, one.provider, one.line, stage});
            add({CompletionPool::provider, one.set, one.provider, {}, stage});
            add({CompletionPool::data_set, one.set, {}, {}, stage});
            if (one.set == DataSet::prescribing) continue;
            add({CompletionPool::hospitals, {}, {}, {}, stage});
        }
    }
    for (const auto& [pool, months] : pools) {
        const auto learnt = learnt_from(pool.stage, months, rules.most_months);
        if (!learnt) continue;
        const int number = static_cast<int>(factors_.size()) + 1;
        factors_[pool] = {
            {pool.kind, pool.stage, number, learnt->months, learnt->to},
            learnt->months < rules.least_months || learnt->records < rules.least_records};
    }
}

std::optional<CompletionFactor> Completion::factor(DataSet set, ProviderCode provider,
                                                   BudgetLine line, Extract stage) const {
    std::vector<Pool> wider = {{CompletionPool::line, set, provider, line, stage},
                               {CompletionPool::provider, set, provider, {}, stage},
                               {CompletionPool::data_set, set, {}, {}, stage}};
    if (set != DataSet::prescribing)
        wider.push_back({CompletionPool::hospitals, {}, {}, {}, stage});
    std::optional<CompletionFactor> widest;
    for (const Pool& pool : wider) {
        const auto found = factors_.find(pool);
        if (found == factors_.end()) continue;
        if (!found->second.thin) return found->second.factor;
        widest = found->second.factor;
    }
    return widest;
}

ExpectedMore& ExpectedMore::operator+=(const ExpectedMore& other) {
    more += other.more;
    error += other.error;
    unknown += other.unknown;
    return *this;
}

Pence ExpectedMore::standard_error() const { return Pence(std::llround(error.standard_error())); }

ExpectedMore IncompleteCell::expected() const {
    ExpectedMore expected{.more = more, .unknown = factor ? 0 : 1};
    if (factor) {
        expected.error.add(static_cast<double>(reported.count()), factor->number, factor->to);
    }
    return expected;
}

std::vector<IncompleteCell> incomplete_cells(std::span<const CubeRow> cube,
                                             const StageOfBatch& stages,
                                             const Completion& completion) {
    using Key =
        std::tuple<Account, BudgetLine, TreatmentFunction, Month, DataSet, ProviderCode, Extract>;
    std::map<Key, FinePence> sums;
    for (const CubeRow& row : cube) {
        const auto stage = stages.find(row.batch);
        CHECK(stage != stages.end());
        if (stage->second == Extract::freeze) continue;
        FinePence cost(row.full.count() * FinePence::per_penny);
        cost += row.fine_cost;
        sums[{row.account, row.line, row.treatment_function, row.month, row.set, row.provider,
              stage->second}] += cost;
    }
    std::vector<IncompleteCell> cells;
    for (const auto& [key, cost] : sums) {
        if (cost == FinePence()) continue;
        const auto& [account, line, function, month, set, provider, stage] = key;
        IncompleteCell cell{account, line, function, month, set, provider, stage};
        cell.reported = rounded(cost, Rounding::half_up);
        cell.factor = completion.factor(set, provider, line, stage);
        if (cell.factor) {
            cell.more = Pence(std::llround(
                cell.factor->to.outstanding(static_cast<double>(cell.reported.count()))));
        }
        cells.push_back(cell);
    }
    return cells;
}

}  // namespace purse
