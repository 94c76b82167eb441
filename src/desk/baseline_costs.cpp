#include "desk/baseline_costs.hpp"

#include <fmt/format.h>

#include <set>
#include <tuple>

#include "desk/baseline_records.hpp"
#include "desk/month_inputs.hpp"
#include "money/grouped.hpp"

namespace purse {

namespace {

struct BothBooks {
    PriceBooks then, now;
    std::string source;
};

Result<BothBooks> books_of(const Site& site, const FrozenBatches& batches, FinancialYear year) {
    BothBooks books;
    for (const FinancialYear of : years_of(batches)) {
        auto then = price_book_of(site, of);
        if (!then) return then.problem();
        auto now = of == year ? price_book_of(site, year) : price_book_of(site, year, {}, of);
        if (!now) return now.problem();
        books.source += (books.source.empty() ? "" : ", ") + version_in_words(*then);
        books.then.emplace(of, std::move(*then));
        books.now.emplace(of, std::move(*now));
    }
    books.source += ", and " + version_in_words(books.now.begin()->second);
    return books;
}

using Costs = std::map<std::pair<PracticeCode, BudgetLine>, Pence>;

// Prescribing is rounded by account and month, as statements round it, so that both say the same.
Costs sums_of(const std::vector<CubeRow>& cube, const Affiliations& affiliations,
              const std::set<PracticeCode>& ours, Date first_day) {
    Costs sums;
    std::map<std::tuple<Account, BudgetLine, Month>, FinePence> prescribed;
    for (const CubeRow& row : cube) {
        sums[{answering(affiliations, ours, row.account, first_day), row.line}] += row.payable;
        prescribed[{row.account, row.line, row.month}] += row.fine_cost;
    }
    for (const auto& [key, cost] : prescribed) {
        const auto& [account, line, month] = key;
        sums[{answering(affiliations, ours, account, first_day), line}] +=
            rounded(cost, Rounding::half_up);
    }
    return sums;
}

void note(const std::vector<CubeRow>& cube, FinancialYear year, std::vector<std::string>& notes) {
    std::map<std::string, std::int64_t> refused;
    std::int64_t estimated = 0;
    Pence by_estimate;
    for (const CubeRow& row : cube) {
        if (row.outcome == CostOutcome::refused) refused[row.reason] += row.records;
        if (row.reason == "hrg_estimated_by_root") {
            estimated += row.records;
            by_estimate += row.full;
        }
    }
    if (estimated > 0) {
        notes.push_back(
            fmt::format("{} records ({}) have HRGs that the tariff of {} lacks: priced "
                        "by the mean of the same root, an estimate",
                        grouped(estimated), in_pounds(by_estimate), to_text(year)));
    }
    for (const auto& [reason, records] : refused) {
        notes.push_back(
            fmt::format("{} records could not be priced by the tariff of {} and cost "
                        "nothing here: {}",
                        grouped(records), to_text(year), reason));
    }
}

// Who answers for the row's account, with the sums that sums_of makes: told apart by provider.
std::vector<ProviderCost> provider_costs(const std::vector<CubeRow>& cube,
                                         const Affiliations& affiliations,
                                         const std::set<PracticeCode>& ours, Date first_day) {
    using Key = std::tuple<ProviderCode, PracticeCode, BudgetLine>;
    std::map<Key, ProviderCost> costs;
    std::map<std::tuple<ProviderCode, Account, BudgetLine, Month>, FinePence> prescribed;
    const auto at = [&](ProviderCode provider, PracticeCode practice,
                        BudgetLine line) -> ProviderCost& {
        ProviderCost& cost = costs[{provider, practice, line}];
        cost.provider = provider;
        cost.practice = practice;
        cost.line = line;
        return cost;
    };
    for (const CubeRow& row : cube) {
        ProviderCost& cost =
            at(row.provider, answering(affiliations, ours, row.account, first_day), row.line);
        cost.cost += row.payable;
        if (row.outcome == CostOutcome::excluded) cost.excluded += row.records;
        if (row.outcome == CostOutcome::unpriced) cost.unpriced += row.records;
        if (row.outcome == CostOutcome::refused) cost.refused += row.records;
        prescribed[{row.provider, row.account, row.line, row.month}] += row.fine_cost;
    }
    for (const auto& [key, fine] : prescribed) {
        const auto& [provider, account, line, month] = key;
        at(provider, answering(affiliations, ours, account, first_day), line).cost +=
            rounded(fine, Rounding::half_up);
    }
    std::vector<ProviderCost> all;
    for (auto& [key, cost] : costs) all.push_back(cost);
    return all;
}

}  // namespace

Result<ProviderBaseline> baseline_by_provider(const Site& site, Month from, Month to,
                                              FinancialYear year) {
    const auto batches = frozen_batches(site, from, to);
    if (!batches) return batches.problem();
    const auto books = books_of(site, *batches, year);
    if (!books) return books.problem();
    const auto affiliations = affiliations_of(site);
    const auto cube = cube_of(site, *batches, books->now, *affiliations);
    if (!cube) return cube.problem();
    const Date first_day = year.first_month().first_day();
    const auto practices = affiliations->ours_on(first_day);
    return ProviderBaseline{
        provider_costs(*cube, *affiliations, {practices.begin(), practices.end()}, first_day),
        books->source};
}

Result<BaselineCosts> baseline_costs(const Site& site, Month from, Month to, FinancialYear year) {
    const auto batches = frozen_batches(site, from, to);
    if (!batches) return batches.problem();
    const auto books = books_of(site, *batches, year);
    if (!books) return books.problem();
    const auto affiliations = affiliations_of(site);
    const auto then = cube_of(site, *batches, books->then, *affiliations);
    if (!then) return then.problem();
    const auto now = cube_of(site, *batches, books->now, *affiliations);
    if (!now) return now.problem();

    BaselineCosts baseline;
    const Date first_day = year.first_month().first_day();
    baseline.practices = affiliations->ours_on(first_day);
    baseline.price_source = books->source;
    const std::set<PracticeCode> ours(baseline.practices.begin(), baseline.practices.end());
    for (const auto& [key, cost] : sums_of(*then, *affiliations, ours, first_day)) {
        baseline.costs[key].then = cost;
    }
    for (const auto& [key, cost] : sums_of(*now, *affiliations, ours, first_day)) {
        baseline.costs[key].now = cost;
    }
    baseline.activity = activity_of(*then, *affiliations, ours, first_day);
    note(*now, year, baseline.notes);
    return baseline;
}

}  // namespace purse
