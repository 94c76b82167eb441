#include "desk/loads.hpp"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <set>

#include "base/digest.hpp"
#include "desk/extract_reading.hpp"
#include "desk/month_inputs.hpp"
#include "rulebook/tariff_files.hpp"
#include "warehouse/loading.hpp"
#include "warehouse/provider_rows.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const KnownPractices> known_practices(const Site& site) {
    const Organisations known = site.decisions().organisations();
    if (known.practices.empty()) return nullptr;
    auto practices = std::make_shared<KnownPractices>(known.practices.size());
    for (const Practice& practice : known.practices) {
        PracticeSpan span;
        if (practice.open) span.opened = *practice.open;
        if (practice.close) span.closed = *practice.close;
        practices->put(practice.code.packed(), span);
    }
    return practices;
}

// Every HRG that the year's price list names, with a price or as having none.
std::shared_ptr<const PackedSet> known_hrgs(const Site& site, FinancialYear year) {
    const auto version = site.decisions().current_tariff(year);
    if (!version) return nullptr;
    const auto read = read_tariff_folder(site.folder() / version->tariff.folder, year);
    if (!read) return nullptr;
    auto hrgs = std::make_shared<PackedSet>();
    const Tariff& tariff = read->tariff;
    for (const auto& [hrg, price] : tariff.admitted) hrgs->put(hrg.packed());
    for (const auto& [hrg, price] : tariff.emergency) hrgs->put(hrg.packed());
    for (const auto& [hrg, price] : tariff.unbundled) hrgs->put(hrg.packed());
    for (const auto& [hrg, price] : tariff.direct_access) hrgs->put(hrg.packed());
    for (const auto& [hrg, price] : tariff.no_national_price) hrgs->put(hrg.packed());
    for (const char* attendance :
         {"WF01A", "WF01B", "WF02A", "WF02B", "WF01C", "WF01D", "WF02C", "WF02D"}) {
        hrgs->put(packed(attendance));
    }
    return hrgs;
}

NewBatch described(const LoadCommand& command, const fs::path& file, const std::string& digest) {
    NewBatch batch;
    batch.set = command.set;
    batch.month = command.month;
    batch.stage = command.stage;
    batch.files = {{file.filename().string(), digest}};
    return batch;
}

void take_reasons(NewBatch& batch, const LoadSummary& summary) {
    for (const auto& [reason, rows] : summary.rejected) {
        if (rows.rows == 0) continue;
        batch.reasons.push_back({reason, "reject", static_cast<std::int64_t>(rows.rows)});
    }
    for (const auto& [reason, rows] : summary.warned) {
        batch.reasons.push_back({reason, "warning", static_cast<std::int64_t>(rows)});
        batch.rows.warned += static_cast<std::int64_t>(rows);
    }
    for (const auto& [key, rows] : summary.rejected_by_practice) {
        batch.practice_rejects.push_back(
            {PracticeCode(key.first), key.second, static_cast<std::int64_t>(rows)});
    }
}

FinePence without(FinePence whole, FinePence part) {
    return FinePence(whole.thousandths() - part.thousandths());
}

void take_summary(NewBatch& batch, const LoadSummary& summary) {
    const ReadTotals& totals = summary.totals;
    batch.layout = totals.layout;
    batch.rows.in = static_cast<std::int64_t>(totals.rows_read);
    batch.rows.rejected = static_cast<std::int64_t>(totals.rows_rejected);
    batch.rows.accepted = batch.rows.in - batch.rows.rejected;
    batch.money.in = totals.money_read.actual_cost;
    batch.money.rejected = totals.money_rejected.actual_cost;
    batch.money.accepted = without(batch.money.in, batch.money.rejected);
    take_reasons(batch, summary);
    CHECK(totals.rows_read == summary.written.rows + totals.rows_folded + totals.rows_rejected);
}

std::vector<ControlTotal> totals_of(const NewBatch& batch, std::int64_t stored) {
    std::vector<ControlTotal> totals = {{"in", batch.rows.in, batch.money.in},
                                        {"accepted", batch.rows.accepted, batch.money.accepted},
                                        {"rejected", batch.rows.rejected, batch.money.rejected}};
    if (stored != batch.rows.accepted) {
        totals.push_back({"of accepted: records (spells) stored", stored, {}});
    }
    return totals;
}

// Two files of one command may not hold the same provider: the second would replace the first.
Outcome check_apart(const NewBatch& batch, std::set<ProviderCode>& seen) {
    for (const ProviderRows& provider : batch.providers) {
        if (!seen.insert(provider.provider).second) {
            return conflict(fmt::format(
                "{} holds records of provider '{}', and so does an earlier file of this command, "
                "which it would replace. Join them into one file and load that",
                batch.files.front().name, provider.provider.text()));
        }
    }
    return Nothing{};
}

// One file of the command, read and lying in the records folder, or known from an earlier load.
struct ReadFile {
    NewBatch batch;
    std::optional<BatchInfo> known;
    std::int64_t stored = 0;
    double seconds = 0;
};

class FileReading {
  public:
    FileReading(const Site& site, const LoadCommand& command, fs::path file)
        : site_(site), command_(command), file_(std::move(file)) {}

    Result<ReadFile> run(const Progress& progress) {
        const auto start = std::chrono::steady_clock::now();
        const auto digest = digest_of_file(file_);
        if (!digest) return digest.problem();
        ReadFile read;
        read.batch = described(command_, file_, *digest);
        read.known = site_.decisions().find_batch(read.batch);
        if (read.known) {
            read.batch = read.known->load;
            return read;
        }
        auto request = request_of(read.batch, progress);
        if (!request) return request.problem();
        const auto summary = load_file(*request);
        if (!summary) return summary.problem();
        if (auto done = take(read.batch, *request, *summary); !done) return done.problem();
        read.stored = static_cast<std::int64_t>(summary->written.rows);
        read.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return read;
    }

  private:
    Outcome take(NewBatch& batch, const LoadRequest& request, const LoadSummary& summary) {
        take_summary(batch, summary);
        const auto providers =
            rows_by_provider(request.records_out, command_.set, site_.database_limits());
        if (!providers) return providers.problem();
        for (const auto& [provider, rows] : *providers) {
            batch.providers.push_back({ProviderCode(provider), rows});
        }
        batch.records = {fs::relative(request.records_out, site_.folder()),
                         summary.written.checksum};
        if (batch.reasons.empty()) {
            fs::remove(request.rejects_out);
        } else {
            batch.rejects = fs::relative(request.rejects_out, site_.folder());
        }
        batch.loaded_at = site_.now();
        return Nothing{};
    }

    // Files are named by what they hold, so a stopped run's leftovers are overwritten by the next.
    Result<LoadRequest> request_of(const NewBatch& batch, const Progress& progress) {
        auto reading = reading_of(site_, command_.set, file_, command_.layout, progress);
        if (!reading) return reading.problem();
        LoadRequest request;
        request.read = std::move(*reading);
        request.read.context.month = command_.month;
        request.read.context.practices = known_practices(site_);
        request.read.context.hrgs = known_hrgs(site_, command_.month.financial_year());
        request.limits.threads = site_.threads();
        const std::string name =
            fmt::format("{}-{}", to_text(batch.stage), digest_of(content_key(batch)).substr(0, 16));
        const fs::path place = fs::path(short_name(batch.set)) / to_text(batch.month);
        request.records_out = site_.records_folder() / place / (name + ".parquet");
        request.rejects_out = site_.rejects_folder() / place / (name + ".csv");
        fs::create_directories(request.records_out.parent_path());
        fs::create_directories(request.rejects_out.parent_path());
        return request;
    }

    const Site& site_;
    const LoadCommand& command_;
    fs::path file_;
};

// What was written for a command that did not come to its end is removed again.
void give_up(const Site& site, const std::vector<ReadFile>& files) {
    for (const ReadFile& file : files) {
        if (file.known || file.batch.records.path.empty()) continue;
        fs::remove(site.folder() / file.batch.records.path);
        if (!file.batch.rejects.empty()) fs::remove(site.folder() / file.batch.rejects);
    }
}

Outcome read_all(const Site& site, const LoadCommand& command, const Progress& progress,
                 std::vector<ReadFile>& files) {
    std::set<ProviderCode> seen;
    for (const fs::path& file : command.files) {
        auto read = FileReading(site, command, file).run(progress);
        if (!read) return read.problem();
        files.push_back(std::move(*read));
        if (auto apart = check_apart(files.back().batch, seen); !apart) return apart;
    }
    return Nothing{};
}

LoadReport report_of(const Site& site, const ReadFile& file, const RecordedBatch& recorded) {
    LoadReport report;
    report.batch = recorded.batch;
    report.already_loaded = recorded.already_loaded;
    report.seconds = file.seconds;
    if (file.known) return report;
    if (!file.batch.rejects.empty()) report.rejects = site.folder() / file.batch.rejects;
    report.totals = totals_of(file.batch, file.stored);
    return report;
}

}  // namespace

Result<std::vector<LoadReport>> load(Site& site, const LoadCommand& command,
                                     const Progress& progress) {
    std::vector<ReadFile> files;
    if (auto done = read_all(site, command, progress, files); !done) {
        give_up(site, files);
        return done.problem();
    }
    std::vector<NewBatch> batches;
    for (const ReadFile& file : files) batches.push_back(file.batch);
    const auto recorded = site.decisions().record_batches(batches);
    if (!recorded) {
        give_up(site, files);
        return recorded.problem();
    }
    std::vector<LoadReport> reports;
    for (std::size_t i = 0; i < files.size(); ++i) {
        reports.push_back(report_of(site, files[i], (*recorded)[i]));
    }
    return reports;
}

}  // namespace purse
