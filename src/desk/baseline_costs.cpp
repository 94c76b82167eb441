#include "desk/baseline_costs.hpp"

#include <fmt/format.h>

#include <set>
#include <tuple>

#include "desk/month_inputs.hpp"
#include "desk/price_lists.hpp"
#include "money/grouped.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

using Batches = std::vector<CurrentBatch>;

// Frozen data only: what is to be sent again may not make a year's budget.
Result<Batches> frozen_batches(const Site& site, Month from, Month to) {
    Batches all;
    std::string lacking;
    for (const DataSet set : all_data_sets) {
        const auto loaded = site.decisions().current_batches(set, from, to);
        std::set<Month> frozen, other;
        for (const CurrentBatch& batch : loaded) {
            const bool is_frozen = batch.batch.load.stage == Extract::freeze;
            (is_frozen ? frozen : other).insert(batch.batch.load.month);
            all.push_back(batch);
        }
        if (loaded.empty()) continue;  // a data set that the site does not have
        for (Month month = from; month <= to; month = month + 1) {
            if (frozen.contains(month) && !other.contains(month)) continue;
            lacking += fmt::format("{}{} {}", lacking.empty() ? "" : ", ", short_name(set),
                                   to_text(month));
        }
    }
    if (all.empty()) {
        return not_found(
            fmt::format("no records are loaded from {} to {}: load the baseline's "
                        "months at freeze first",
                        to_text(from), to_text(to)));
    }
    if (!lacking.empty()) {
        return conflict(fmt::format(
            "a baseline is made of frozen data only; not at freeze: {}. Load their freeze extracts "
            "(purse load ... --extract freeze) or name another baseline",
            lacking));
    }
    return all;
}

using Books = std::map<FinancialYear, SitePriceBook>;  // by the year of the records

BatchToPrice to_price(const Site& site, const CurrentBatch& current, const Books& books) {
    const NewBatch& load = current.batch.load;
    BatchToPrice batch;
    batch.set = load.set;
    batch.records = site.folder() / load.records.path;
    batch.number = current.batch.number.value;
    if (load.set != DataSet::prescribing) {
        batch.book = books.at(load.month.financial_year()).book.get();
    }
    if (current.providers.size() != load.providers.size()) batch.providers = current.providers;
    return batch;
}

Result<std::vector<CubeRow>> cube_of(const Site& site, const Batches& batches, const Books& books,
                                     const Affiliations& affiliations) {
    std::vector<BatchToPrice> pricing;
    for (const CurrentBatch& batch : batches) pricing.push_back(to_price(site, batch, books));
    const fs::path folder = site.staging_folder() / "baseline";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const PricedMonthFiles files{{}, folder / "cube.parquet"};
    const auto written = write_priced_month(pricing, affiliations, files, site.database_limits());
    if (!written) return written.problem();
    auto cube = read_cube(files.cube);
    fs::remove_all(folder);
    return cube;
}

std::set<FinancialYear> years_of(const Batches& batches) {
    std::set<FinancialYear> years;
    for (const CurrentBatch& batch : batches) {
        years.insert(batch.batch.load.month.financial_year());
    }
    return years;
}

struct BothBooks {
    Books then, now;
    std::string source;
};

std::string version_in_words(const SitePriceBook& book) {
    return fmt::format("tariff of {} version {}", to_text(book.version.tariff.year),
                       book.version.tariff.version.substr(0, 8));
}

Result<BothBooks> books_of(const Site& site, const Batches& batches, FinancialYear year) {
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

// The account's practice on the budget year's first day; none: nobody answers for it.
PracticeCode answering(const Affiliations& affiliations, const std::set<PracticeCode>& ours,
                       Account account, Date first_day) {
    if (is_unattributed(account)) return {};
    const PracticeCode current = affiliations.current_of(account, first_day);
    return ours.contains(current) ? current : PracticeCode();
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
    note(*now, year, baseline.notes);
    return baseline;
}

}  // namespace purse
