#include "desk/price_files.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>

#include "desk/extract_reading.hpp"
#include "desk/price_lists.hpp"
#include "desk/reconciliation.hpp"
#include "tables/delimited.hpp"
#include "warehouse/loading.hpp"
#include "warehouse/priced_file.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// A folder of the site's staging for one pricing, gone afterwards.
class Workplace {
  public:
    explicit Workplace(const Site& site) : folder_(site.staging_folder() / "price") {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    [[nodiscard]] const fs::path& folder() const { return folder_; }

  private:
    fs::path folder_;
};

// Nothing of the site's registers is asked: any month, any practice, any HRG.
Result<LoadRequest> request_of(const Site& site, const PriceFileRequest& wanted,
                               const Workplace& work, const Progress& progress) {
    auto reading = reading_of(site, wanted.set, wanted.file, wanted.layout, progress);
    if (!reading) return reading.problem();
    LoadRequest request;
    request.read = std::move(*reading);
    request.read.staging_folder = work.folder();
    request.records_out = work.folder() / "records.parquet";
    request.rejects_out = wanted.out.string() + ".rejects.csv";
    request.limits.threads = site.threads();
    return request;
}

// Every rejected row, from the rejects file that reading wrote.
Result<std::vector<RejectedRow>> rejected_rows(const fs::path& rejects) {
    std::vector<RejectedRow> rows;
    if (!fs::exists(rejects)) return rows;
    const auto table = read_table(rejects);
    if (!table) return table.problem();
    std::array<std::size_t, 4> at{};
    constexpr std::array<std::string_view, 4> wanted = {"severity", "line", "record_id", "reason"};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto column = table->column(wanted[i]);
        if (!column) return column.problem();
        at[i] = *column;
    }
    for (const auto& row : table->rows) {
        if (row.cells[at[0]] != "reject") continue;
        RejectedRow rejected{0, row.cells[at[2]], row.cells[at[3]]};
        const std::string& line = row.cells[at[1]];
        std::from_chars(line.data(), line.data() + line.size(), rejected.line);
        rows.push_back(std::move(rejected));
    }
    return rows;
}

std::vector<ControlTotal> control_totals(const LoadSummary& read,
                                         const std::vector<OutcomeTotal>& outcomes) {
    std::vector<ControlTotal> totals;
    totals.push_back({"rejected", static_cast<std::int64_t>(read.totals.rows_rejected), {}});
    if (read.totals.rows_folded > 0) {
        totals.push_back({"episodes joined to their spells",
                          static_cast<std::int64_t>(read.totals.rows_folded),
                          {}});
    }
    for (const OutcomeTotal& outcome : outcomes) {
        totals.push_back({std::string(to_text(outcome.outcome)), outcome.records,
                          FinePence(outcome.full.count() * FinePence::per_penny)});
    }
    std::int64_t rows = 0;
    for (const ControlTotal& total : totals) rows += total.rows;
    CHECK(rows == static_cast<std::int64_t>(read.totals.rows_read));
    return totals;
}

void name_refused(PriceFileReport& report, const std::vector<CubeRow>& cube) {
    std::map<std::string, std::int64_t> refused;
    for (const CubeRow& row : cube) {
        if (row.outcome != CostOutcome::refused) continue;
        std::string reason = row.reason;
        if (reason == "no_market_forces_factor") reason += " " + row.provider.text();
        refused[reason] += row.records;
    }
    for (const auto& [reason, records] : refused) {
        report.refused.push_back(fmt::format("{} records: {}", records, reason));
    }
}

}  // namespace

Result<PriceFileReport> price_file(const Site& site, const PriceFileRequest& wanted,
                                   const Progress& progress) {
    if (wanted.set == DataSet::prescribing) {
        return bad_input("prescribing is paid as given: there is nothing to price");
    }
    const auto book = price_book_of(site, wanted.year, wanted.tariff_version, wanted.grouped_by);
    if (!book) return book.problem();
    const Workplace work(site);
    const auto request = request_of(site, wanted, work, progress);
    if (!request) return request.problem();
    const auto read = load_file(*request);
    if (!read) return read.problem();
    const auto rejected = rejected_rows(request->rejects_out);
    if (!rejected) return rejected.problem();
    const auto priced = price_file(wanted.set, request->records_out, *book->book, wanted.out,
                                   site.database_limits(), *rejected);
    if (!priced) return priced.problem();

    PriceFileReport report;
    report.rows_in = static_cast<std::int64_t>(read->totals.rows_read);
    BatchToPrice batch;
    batch.set = wanted.set;
    batch.records = request->records_out;
    batch.book = book->book.get();
    const PricedMonthFiles sums{work.folder() / "charges.parquet", work.folder() / "cube.parquet"};
    const auto outcomes =
        write_priced_month({batch}, Affiliations({}, {}, {}, {}), sums, site.database_limits());
    if (!outcomes) return outcomes.problem();
    report.totals = control_totals(*read, *outcomes);
    const auto cube = read_cube(sums.cube);
    if (!cube) return cube.problem();
    name_refused(report, *cube);
    if (wanted.reconcile) {
        const auto compared = reconcile(request->read, wanted.out, report);
        if (!compared) return compared.problem();
    }
    return report;
}

}  // namespace purse
