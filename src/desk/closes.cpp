#include "desk/closes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>

#include "base/digest.hpp"
#include "desk/closing_papers.hpp"
#include "desk/month_inputs.hpp"
#include "warehouse/durable_file.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

BatchToPrice to_price(const Site& site, const MonthInputs& inputs, const CurrentBatch& current) {
    const NewBatch& load = current.batch.load;
    BatchToPrice batch;
    batch.set = load.set;
    batch.records = site.folder() / load.records.path;
    batch.number = current.batch.number.value;
    if (load.set != DataSet::prescribing) {
        batch.book = inputs.books.at(load.month.financial_year()).book.get();
    }
    if (current.providers.size() != load.providers.size()) batch.providers = current.providers;
    return batch;
}

std::vector<BatchToPrice> batches_to_price(const Site& site, const MonthInputs& inputs,
                                           const std::vector<CurrentBatch>& current) {
    std::vector<BatchToPrice> batches;
    for (const CurrentBatch& one : current) batches.push_back(to_price(site, inputs, one));
    return batches;
}

PayableSettings payable_settings(const Site& site, Month month, const MonthInputs& inputs) {
    PayableSettings settings;
    settings.earlier = batches_to_price(site, inputs, inputs.earlier);
    settings.baselines = inputs.baselines;
    settings.baselines_file = site.local_baselines_file();
    settings.months = month.place_in_year();
    return settings;
}

// What is paid of admitted care, where a step leaves some of the full tariff unpaid.
void add_payable(std::vector<ControlTotal>& totals, const std::vector<OutcomeTotal>& outcomes) {
    ControlTotal payable{std::string(payable_stage), 0, {}};
    Pence full;
    Pence paid;
    for (const OutcomeTotal& outcome : outcomes) {
        if (outcome.set != DataSet::admitted_care) continue;
        payable.rows += outcome.records;
        full += outcome.full;
        paid += outcome.payable;
    }
    if (paid == full) return;
    payable.money = FinePence(paid.count() * FinePence::per_penny);
    totals.push_back(payable);
}

// Block contracts of the year to date go in whole and come out as the accounts' parts.
void add_contract_totals(std::vector<ControlTotal>& totals, const MonthInputs& inputs,
                         Month month) {
    Pence in, out;
    std::int64_t contracts = 0;
    for (const SharedContract& one : inputs.snapshot.contracts) {
        if (one.contract.year != month.financial_year()) continue;
        ++contracts;
        in += contract_to_date(one.contract, month);
        for (const auto& [account, share] : block_shares(one.contract, one.weights, month)) {
            out += share.to_date;
        }
    }
    if (contracts == 0) return;
    totals.push_back({"contracts: in", contracts, FinePence(in.count() * FinePence::per_penny)});
    totals.push_back(
        {"contracts: shared out", contracts, FinePence(out.count() * FinePence::per_penny)});
}

std::vector<ControlTotal> control_totals(const std::vector<OutcomeTotal>& outcomes,
                                         const MonthInputs& inputs, Month month) {
    std::vector<ControlTotal> totals;
    for (const DataSet set : all_data_sets) {
        const std::string name(short_name(set));
        ControlTotal in{name + ": in", inputs.rows_in(set), {}};
        std::vector<ControlTotal> out;
        for (const OutcomeTotal& outcome : outcomes) {
            if (outcome.set != set) continue;
            FinePence money(outcome.full.count() * FinePence::per_penny);
            money += outcome.fine_cost;
            out.push_back(
                {name + ": " + std::string(to_text(outcome.outcome)), outcome.records, money});
            in.money += money;
        }
        if (in.rows == 0 && out.empty()) continue;
        totals.push_back(in);
        totals.insert(totals.end(), out.begin(), out.end());
    }
    add_payable(totals, outcomes);
    add_contract_totals(totals, inputs, month);
    return totals;
}

// Rows that went in came out, data set by data set: a stored file that holds other records than
// were loaded must not be published.
Outcome check_totals(const std::vector<ControlTotal>& totals) {
    std::map<std::string, std::int64_t> left;
    for (const ControlTotal& total : totals) {
        if (total.stage == payable_stage) continue;
        const std::string set = total.stage.substr(0, total.stage.find(':'));
        left[set] += total.stage.ends_with(": in") ? total.rows : -total.rows;
    }
    for (const auto& [set, rows] : left) {
        if (rows == 0) continue;
        return conflict(fmt::format(
            "the stored records of {} are not those that were loaded ({} rows too {}): run "
            "'purse verify' to find the file, and restore it from a backup",
            set, rows > 0 ? rows : -rows, rows > 0 ? "few" : "many"));
    }
    return Nothing{};
}

Outcome refuse_missing_factors(const std::vector<CubeRow>& cube, const Site& site) {
    std::set<std::string> missing;
    for (const CubeRow& row : cube) {
        if (row.reason == "no_market_forces_factor") missing.insert(row.provider.text());
    }
    if (missing.empty()) return Nothing{};
    std::string list;
    for (const std::string& provider : missing) list += (list.empty() ? "" : ", ") + provider;
    return conflict(fmt::format(
        "the month cannot be closed: no market forces factor is known for {}. Write provider, "
        "factor and source into {}, or correct the provider on the records",
        list, site.local_market_forces_file().string()));
}

std::vector<std::string> warnings_of(const std::vector<CubeRow>& cube) {
    std::map<std::string, std::int64_t> refused;
    std::int64_t unpriced = 0;
    for (const CubeRow& row : cube) {
        if (row.outcome == CostOutcome::refused) refused[row.reason] += row.records;
        if (row.outcome == CostOutcome::unpriced) unpriced += row.records;
    }
    std::vector<std::string> warnings;
    for (const auto& [reason, records] : refused) {
        warnings.push_back(fmt::format("{} records could not be priced: {}", records, reason));
    }
    if (unpriced > 0) {
        warnings.push_back(fmt::format(
            "{} records have no national price and no local one: until local/prices.csv has theirs "
            "only what is unbundled from them (imaging) costs anything",
            unpriced));
    }
    return warnings;
}

NewClosing closing_of(Month month, const MonthInputs& inputs) {
    NewClosing closing;
    closing.month = month;
    for (const CurrentBatch& batch : inputs.batches) {
        for (const ProviderCode provider : batch.providers) {
            closing.batches.push_back({batch.batch.number, provider});
        }
    }
    std::ranges::sort(closing.batches);
    for (const auto& [year, book] : inputs.books) {
        closing.tariffs.push_back({year, book.version.tariff.version});
    }
    closing.other_inputs = inputs.other_inputs;
    return closing;
}

bool same_inputs(const NewClosing& a, const NewClosing& b) {
    return a.batches == b.batches && a.tariffs == b.tariffs && a.other_inputs == b.other_inputs;
}

// Prices into a staging folder; the caller puts it in place or throws it away.
struct PricedMonth {
    fs::path folder;
    std::vector<ControlTotal> totals;
    std::vector<CubeRow> cube;
    std::string cube_digest;
    std::string charges_digest;
    std::vector<WrittenPaper> papers;
};

// As the command line counts progress: of the records that the month holds.
ShareDone as_records(const MonthInputs& inputs, const Progress& progress) {
    std::int64_t rows = 0;
    for (const DataSet set : all_data_sets) rows += inputs.rows_in(set);
    const auto all = static_cast<std::uint64_t>(rows);
    return [all, progress](double share) {
        const auto done = static_cast<std::uint64_t>(share * static_cast<double>(all));
        progress(done, all, done);
    };
}

Result<PricedMonth> price_month(const Site& site, Month month, const MonthInputs& inputs,
                                const Progress& progress) {
    PricedMonth priced;
    priced.folder = site.staging_folder() / ("close-" + to_text(month));
    fs::remove_all(priced.folder);
    fs::create_directories(priced.folder);
    const PricedMonthFiles files{priced.folder / "charges.parquet", priced.folder / "cube.parquet"};
    const auto outcomes =
        write_priced_month(batches_to_price(site, inputs, inputs.batches), *inputs.affiliations,
                           files, site.database_limits(), payable_settings(site, month, inputs),
                           as_records(inputs, progress));
    if (!outcomes) return outcomes.problem();
    priced.totals = control_totals(*outcomes, inputs, month);
    if (const auto whole = check_totals(priced.totals); !whole) return whole.problem();
    auto cube = read_cube(files.cube);
    if (!cube) return cube.problem();
    priced.cube = std::move(*cube);
    if (const auto fine = refuse_missing_factors(priced.cube, site); !fine) return fine.problem();
    std::ofstream(priced.folder / "snapshot.csv", std::ios::binary) << as_csv(inputs.snapshot);
    auto papers = closing_papers(site, month, inputs, priced.cube);
    if (!papers) return papers.problem();
    priced.papers = std::move(*papers);
    for (const WrittenPaper& paper : priced.papers) {
        std::ofstream(priced.folder / paper.file_name(), std::ios::binary) << paper.text;
    }
    const auto cube_digest = digest_of_file(files.cube);
    const auto charges_digest = digest_of_file(files.charges);
    if (!cube_digest) return cube_digest.problem();
    if (!charges_digest) return charges_digest.problem();
    priced.cube_digest = *cube_digest;
    priced.charges_digest = *charges_digest;
    return priced;
}

Outcome compare(const PricedMonth& priced, const Closing& stored) {
    if (priced.cube_digest == stored.closing.cube.checksum &&
        priced.charges_digest == stored.closing.charges.checksum) {
        return Nothing{};
    }
    return conflict(fmt::format(
        "{} priced again from the same inputs gave other figures than closing {}: keep the site as "
        "it is and report this",
        to_text(stored.closing.month), stored.sequence));
}

// Under the digest of its inputs: a stopped run's folder is found again and replaced.
fs::path place(const Site& site, const PricedMonth& priced, const NewClosing& closing) {
    Digest key;
    for (const ClosingBatch& batch : closing.batches) {
        key.add(fmt::format("{} {}\n", batch.batch.value, batch.provider.text()));
    }
    for (const ClosingTariff& tariff : closing.tariffs) key.add(tariff.version + "\n");
    key.add(closing.other_inputs);
    const fs::path relative =
        fs::path("closings") / to_text(closing.month) / key.hex().substr(0, 16);
    fs::create_directories(site.folder() / relative);
    for (const char* name : {"charges.parquet", "cube.parquet", "snapshot.csv"}) {
        put_in_place(priced.folder / name, site.folder() / relative / name);
    }
    for (const WrittenPaper& paper : priced.papers) {
        put_in_place(priced.folder / paper.file_name(),
                     site.folder() / relative / paper.file_name());
    }
    fs::remove_all(priced.folder);
    return relative;
}

}  // namespace

Result<CloseReport> close_month(Site& site, Month month, const Progress& progress, bool again) {
    const auto start = std::chrono::steady_clock::now();
    const auto inputs = gather_inputs(site, month);
    if (!inputs) return inputs.problem();
    NewClosing closing = closing_of(month, *inputs);
    CloseReport report;
    const auto latest = site.decisions().latest_closing(month);
    if (latest && same_inputs(latest->closing, closing)) {
        report.closing = *latest;
        report.already_closed = true;
        if (!again) return report;
    }
    const auto priced = price_month(site, month, *inputs, progress);
    if (!priced) return priced.problem();
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    report.warnings = warnings_of(priced->cube);
    if (report.already_closed) {
        if (const auto same = compare(*priced, *latest); !same) return same.problem();
        fs::remove_all(priced->folder);
        report.made_again = true;
        return report;
    }
    closing.folder = place(site, *priced, closing);
    closing.cube = {closing.folder / "cube.parquet", priced->cube_digest};
    closing.charges = {closing.folder / "charges.parquet", priced->charges_digest};
    for (const WrittenPaper& paper : priced->papers) {
        closing.papers.push_back(
            {paper.name, {closing.folder / paper.file_name(), digest_of(paper.text)}});
    }
    closing.totals = priced->totals;
    closing.closed_at = site.now();
    const auto recorded = site.decisions().record_closing(closing);
    if (!recorded) return recorded.problem();
    report.closing = recorded->closing;
    report.already_closed = recorded->already_closed;
    return report;
}

}  // namespace purse
