#include "desk/baseline_records.hpp"

#include <fmt/format.h>

namespace purse {

namespace fs = std::filesystem;

Result<FrozenBatches> frozen_batches(const Site& site, Month from, Month to) {
    FrozenBatches all;
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

BatchToPrice to_price(const Site& site, const CurrentBatch& current, const PriceBooks& books) {
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

Result<std::vector<CubeRow>> cube_of(const Site& site, const FrozenBatches& batches,
                                     const PriceBooks& books, const Affiliations& affiliations) {
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

std::set<FinancialYear> years_of(const FrozenBatches& batches) {
    std::set<FinancialYear> years;
    for (const CurrentBatch& batch : batches) {
        years.insert(batch.batch.load.month.financial_year());
    }
    return years;
}

std::string version_in_words(const SitePriceBook& book) {
    return fmt::format("tariff of {} version {}", to_text(book.version.tariff.year),
                       book.version.tariff.version.substr(0, 8));
}

Result<PriceBooks> books_of_their_years(const Site& site, const FrozenBatches& batches) {
    PriceBooks books;
    for (const FinancialYear year : years_of(batches)) {
        auto book = price_book_of(site, year);
        if (!book) return book.problem();
        books.emplace(year, std::move(*book));
    }
    return books;
}

PracticeCode answering(const Affiliations& affiliations, const std::set<PracticeCode>& ours,
                       Account account, Date first_day) {
    if (is_unattributed(account)) return {};
    const PracticeCode current = affiliations.current_of(account, first_day);
    return ours.contains(current) ? current : PracticeCode();
}

Activity activity_of(const std::vector<CubeRow>& cube, const Affiliations& affiliations,
                     const std::set<PracticeCode>& ours, Date first_day) {
    Activity activity;
    for (const CubeRow& row : cube) {
        const PracticeCode practice = answering(affiliations, ours, row.account, first_day);
        if (practice.empty() || row.outcome == CostOutcome::refused) continue;
        const bool by_items =
            row.line == BudgetLine::prescribing ||
            (row.line == BudgetLine::diagnostics && row.records == 0);  // split from attendances
        activity[{practice, row.line}] += by_items ? row.items : row.records;
    }
    return activity;
}

}  // namespace purse
