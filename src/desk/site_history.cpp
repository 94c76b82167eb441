#include "desk/site_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <set>
#include <tuple>

#include "base/digest.hpp"
#include "tables/delimited.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// Of each set, month and provider the last batch of each stage.
using LastOfStages =
    std::map<std::tuple<DataSet, Month, ProviderCode>, std::map<Extract, BatchNumber>>;

LastOfStages last_of_stages(const std::vector<BatchInfo>& batches) {
    LastOfStages last;
    for (const BatchInfo& batch : batches) {
        for (const ProviderRows& part : batch.load.providers) {
            last[{batch.load.set, batch.load.month, part.provider}][batch.load.stage] =
                batch.number;
        }
    }
    return last;
}

bool is_own_year(const HistoryBatch& batch, Month month) {
    return batch.batch.load.month.financial_year() == month.financial_year();
}

// By the prices of the closing's year; another year's records that it cannot price are left out.
const PriceBook* book_for(const HistoryBatch& batch, const HistoryInputs& inputs,
                          const std::map<FinancialYear, SitePriceBook>& own_books, Month month) {
    const FinancialYear year = batch.batch.load.month.financial_year();
    const auto& books = year == month.financial_year() ? own_books : inputs.books;
    const auto found = books.find(year);
    return found == books.end() ? nullptr : found->second.book.get();
}

std::vector<BatchToPrice> to_price(const Site& site, const HistoryInputs& inputs,
                                   const std::map<FinancialYear, SitePriceBook>& own_books,
                                   Month month) {
    std::vector<BatchToPrice> batches;
    for (const HistoryBatch& one : inputs.batches) {
        const NewBatch& load = one.batch.load;
        std::vector<ProviderCode> providers = one.replaced;
        if (!is_own_year(one, month)) {
            providers.insert(providers.end(), one.counting.begin(), one.counting.end());
        }
        if (providers.empty()) continue;
        BatchToPrice batch;
        batch.set = load.set;
        batch.records = site.folder() / load.records.path;
        batch.number = one.batch.number.value;
        if (load.set != DataSet::prescribing) {
            batch.book = book_for(one, inputs, own_books, month);
            if (batch.book == nullptr) continue;
        }
        std::ranges::sort(providers);
        if (providers.size() != load.providers.size()) batch.providers = providers;
        batches.push_back(std::move(batch));
    }
    return batches;
}

Result<std::vector<CubeRow>> priced(const Site& site, const std::vector<BatchToPrice>& batches,
                                    const Affiliations& affiliations, Month month) {
    if (batches.empty()) return std::vector<CubeRow>();
    const fs::path folder = site.staging_folder() / ("history-" + to_text(month));
    fs::remove_all(folder);
    fs::create_directories(folder);
    const PricedMonthFiles files{{}, folder / "cube.parquet"};
    PayableSettings settings;
    settings.full_tariff_only = true;
    const auto written =
        write_priced_month(batches, affiliations, files, site.database_limits(), settings);
    if (!written) return written.problem();
    auto cube = read_cube(files.cube);
    fs::remove_all(folder);
    return cube;
}

FinePence fine(const CubeRow& row) {
    FinePence cost(row.full.count() * FinePence::per_penny);
    cost += row.fine_cost;
    return cost;
}

class HistoryMaker {
  public:
    explicit HistoryMaker(const HistoryInputs& inputs) {
        for (const HistoryBatch& batch : inputs.batches) {
            batches_[batch.batch.number.value] = &batch;
            history_.stage_of[batch.batch.number.value] = batch.batch.load.stage;
        }
    }

    void take(const CubeRow& row) {
        const auto batch = batches_.find(row.batch);
        if (batch == batches_.end()) return;
        const HistoryBatch& of = *batch->second;
        StageCost& stage =
            stages_[{row.set, row.provider, row.line, row.month, of.batch.load.stage}];
        stage.records += row.records;
        stage.cost += fine(row);
        if (!std::ranges::binary_search(of.counting, row.provider)) return;
        costs_[{row.account, row.line, row.month}] += fine(row);
        if (of.batch.load.stage != Extract::freeze) history_.unfrozen.push_back(row);
    }

    SiteHistory finish() {
        for (auto& [key, cost] : stages_) {
            const auto& [set, provider, line, month, stage] = key;
            history_.stages.push_back({set, provider, line, month, stage, cost.records, cost.cost});
        }
        for (const auto& [key, cost] : costs_) {
            const auto& [account, line, month] = key;
            history_.costs.push_back({account, line, month, rounded(cost, Rounding::half_up)});
        }
        return std::move(history_);
    }

  private:
    SiteHistory history_;
    std::map<std::int64_t, const HistoryBatch*> batches_;
    std::map<std::tuple<DataSet, ProviderCode, BudgetLine, Month, Extract>, StageCost> stages_;
    std::map<std::tuple<Account, BudgetLine, Month>, FinePence> costs_;
};

std::optional<std::int64_t> whole_number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<StageCost> stage_cost_of(const std::vector<std::string>& cells) {
    const auto set = parse_data_set(cells[0]);
    const auto line = parse_budget_line(cells[2]);
    const auto month = parse_month(cells[3]);
    const auto stage = parse_extract(cells[4]);
    const auto records = whole_number(cells[5]);
    const auto thousandths = whole_number(cells[6]);
    if (!set) return set.problem();
    if (!line) return line.problem();
    if (!month) return month.problem();
    if (!stage) return stage.problem();
    if (!records || !thousandths) return bad_input("records and thousandths are whole numbers");
    return StageCost{*set,     ProviderCode(cells[1]), *line, *month, *stage,
                     *records, FinePence(*thousandths)};
}

void add_batches(HistoryInputs& inputs, std::vector<BatchInfo> batches, Month month) {
    const LastOfStages last = last_of_stages(batches);
    for (BatchInfo& batch : batches) {
        HistoryBatch one;
        for (const ProviderRows& part : batch.load.providers) {
            const auto& stages = last.at({batch.load.set, batch.load.month, part.provider});
            if (stages.at(batch.load.stage) != batch.number) continue;
            const bool counts = stages.rbegin()->second == batch.number;
            if (!counts && batch.load.month <= month - months_of_stages) continue;
            (counts ? one.counting : one.replaced).push_back(part.provider);
        }
        if (one.counting.empty() && one.replaced.empty()) continue;
        std::ranges::sort(one.counting);
        std::ranges::sort(one.replaced);
        one.batch = std::move(batch);
        inputs.batches.push_back(std::move(one));
    }
}

void add_books(HistoryInputs& inputs, const Site& site, FinancialYear now) {
    std::set<FinancialYear> years;
    for (const HistoryBatch& one : inputs.batches) {
        if (one.batch.load.set != DataSet::prescribing) {
            years.insert(one.batch.load.month.financial_year());
        }
    }
    years.erase(now);
    for (const FinancialYear year : years) {
        auto book = price_book_of(site, now, {}, year);
        if (!book) book = price_book_of(site, year);
        if (book) inputs.books.emplace(year, std::move(*book));
    }
}

}  // namespace

HistoryInputs history_inputs(const Site& site, Month month) {
    HistoryInputs inputs;
    std::vector<BatchInfo> batches = site.decisions().batches();
    std::erase_if(batches, [&](const BatchInfo& batch) {
        return batch.load.month > month || batch.load.month <= month - months_of_costs;
    });
    add_batches(inputs, std::move(batches), month);
    add_books(inputs, site, month.financial_year());
    Digest digest;
    for (const HistoryBatch& one : inputs.batches) {
        digest.add(fmt::format("batch {}", one.batch.number.value));
        for (const auto& providers : {one.counting, one.replaced}) {
            for (const ProviderCode provider : providers) digest.add(" " + provider.text());
            digest.add(";");
        }
    }
    for (const auto& [year, book] : inputs.books) {
        digest.add(to_text(year) + " " + book.version.tariff.version + "\n");
    }
    inputs.digest = digest.hex();
    return inputs;
}

Result<SiteHistory> history_of(const Site& site, Month month, const HistoryInputs& inputs,
                               const std::map<FinancialYear, SitePriceBook>& own_books,
                               const Affiliations& affiliations, std::span<const CubeRow> cube) {
    const auto rows = priced(site, to_price(site, inputs, own_books, month), affiliations, month);
    if (!rows) return rows.problem();
    HistoryMaker maker(inputs);
    for (const CubeRow& row : *rows) maker.take(row);
    for (const CubeRow& row : cube) {
        if (row.month.financial_year() == month.financial_year()) maker.take(row);
    }
    return maker.finish();
}

bool has_paper(const Closing& closing, const std::string& name) {
    return std::ranges::any_of(closing.closing.papers,
                               [&](const ClosingPaper& paper) { return paper.name == name; });
}

Result<std::string> paper_of(const Site& site, const Closing& closing, const std::string& name) {
    for (const ClosingPaper& paper : closing.closing.papers) {
        if (paper.name != name) continue;
        const fs::path file = site.folder() / paper.file.path;
        std::ifstream in(file, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (!in || digest_of(text) != paper.file.checksum) {
            return conflict(fmt::format(
                "{} is missing or not as it was stored: restore it from a backup", file.string()));
        }
        return text;
    }
    return not_found(
        fmt::format("closing {} of {} has no {}: it was made by an earlier Purse. "
                    "Close the month again",
                    closing.sequence, in_words(closing.closing.month), name));
}

std::string as_csv(std::span<const StageCost> stages) {
    std::string csv = csv_line(
        {"data_set", "provider", "line", "month", "stage", "records", "thousandths_of_a_penny"});
    for (const StageCost& one : stages) {
        csv += csv_line({std::string(short_name(one.set)), one.provider.text(),
                         std::string(name_of(one.line).code), to_text(one.month),
                         std::string(to_text(one.stage)), std::to_string(one.records),
                         std::to_string(one.cost.thousandths())});
    }
    return csv;
}

Result<std::vector<StageCost>> parse_stage_costs(std::string csv, const std::string& file) {
    const auto table = read_table_text(std::move(csv), file);
    if (!table) return table.problem();
    if (table->headings.size() != 7) return bad_input(file + " is not a closing's completion");
    std::vector<StageCost> stages;
    for (const auto& row : table->rows) {
        auto one = stage_cost_of(row.cells);
        if (!one) {
            return bad_input(fmt::format("{}, line {}: {}", file, row.line, one.problem().says));
        }
        stages.push_back(*one);
    }
    return stages;
}

}  // namespace purse
