#include "desk/counted_imports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/digest.hpp"
#include "intake/counted_file.hpp"
#include "money/grouped.hpp"
#include "warehouse/durable_file.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// What both kinds of files have alike: all are read before anything is kept.
template <class Reading>
class CountedImport {
  public:
    CountedImport(const Site& site, const std::vector<fs::path>& files,
                  const CountedOptions& options, Reading reading)
        : site_(site), files_(files), options_(options), reading_(std::move(reading)) {}

    Outcome read() {
        Digest digest;
        for (const fs::path& file : files_) {
            auto table = read_published_table(file);
            if (!table) return table.problem();
            table->table.file = file.filename().string();
            if (auto taken = reading_.take(*table, options_.layout); !taken) return taken;
            const auto of_file = digest_of_file(file);
            if (!of_file) return of_file.problem();
            digest.add(*of_file);
            names_ += (names_.empty() ? "" : ", ") + file.filename().string();
        }
        // What is kept counts too: a layout that was mended makes another extract of the same file.
        digest.add(reading_.rows().layout);
        for (const auto& one : reading_.counts()) digest.add(std::to_string(one.count) + " ");
        digest_ = digest.hex();
        return Nothing{};
    }

    [[nodiscard]] const Reading& reading() const { return reading_; }

    // The rejects file is whole on the disk before the register names it.
    NewCountedExtract described(CountedKind kind, const std::string& about) {
        const CountedRows& rows = reading_.rows();
        NewCountedExtract extract;
        extract.kind = kind;
        extract.about = about;
        extract.source = options_.source.empty() ? rows.layout : options_.source;
        extract.files = names_;
        extract.digest = digest_;
        extract.layout = rows.layout;
        extract.rows = rows.rows;
        extract.accepted = rows.accepted;
        extract.rejected = rows.rejected;
        extract.passed_over = rows.rows_passed_over();
        extract.at = site_.now();
        if (!rows.faults.empty()) extract.rejects = written(kind, about).generic_string();
        return extract;
    }

    [[nodiscard]] ImportReport report(const RecordedExtract& recorded, std::string_view holds,
                                      std::int64_t counted) const {
        const CountedRows& rows = reading_.rows();
        const NewCountedExtract& extract = recorded.extract.extract;
        ImportReport report;
        report.file = names_;
        report.already_imported = recorded.already_there;
        report.says =
            recorded.already_there
                ? "the same was imported before: nothing changed"
                : fmt::format("{} {} from {} of {} rows, source {}", grouped(counted), holds,
                              grouped(rows.accepted), grouped(rows.rows), extract.source);
        ImportedPart part{names_, std::string(holds), static_cast<std::size_t>(rows.accepted), {}};
        for (const CountedFault& fault : rows.faults) {
            if (!fault.rejects) continue;
            part.unread.push_back(fmt::format("{}, line {}, column {}: {}; {}", fault.file,
                                              fault.line, fault.column, fault.says, fault.remedy));
        }
        report.parts.push_back(std::move(part));
        for (const auto& [why, count] : rows.passed_over) {
            report.notes.push_back(fmt::format("{} rows passed over: {}", grouped(count), why));
        }
        if (!extract.rejects.empty()) {
            report.notes.push_back(fmt::format("rejects and warnings: {}",
                                               (site_.folder() / extract.rejects).string()));
        }
        return report;
    }

  private:
    fs::path written(CountedKind kind, const std::string& about) const {
        const fs::path place = fs::relative(site_.rejects_folder(), site_.folder()) /
                               std::string(to_text(kind)) / about /
                               (digest_.substr(0, 16) + ".csv");
        const fs::path file = site_.folder() / place;
        fs::create_directories(file.parent_path());
        fs::path beside = file;
        beside += ".new";
        std::ofstream(beside, std::ios::binary | std::ios::trunc)
            << faults_csv(reading_.rows().faults);
        put_in_place(beside, file);
        return place;
    }

    const Site& site_;
    const std::vector<fs::path>& files_;
    const CountedOptions& options_;
    Reading reading_;
    std::string names_;
    std::string digest_;
};

template <class Count>
std::int64_t sum_of(const std::vector<Count>& counts) {
    std::int64_t sum = 0;
    for (const Count& one : counts) sum += one.count;
    return sum;
}

// A file of which nothing can be counted is another file than was meant.
Outcome refuse_empty(const CountedRows& rows, std::string_view holds) {
    if (rows.accepted > 0) return Nothing{};
    std::string why;
    for (const auto& [reason, count] : rows.passed_over) {
        why += fmt::format("; {} rows passed over: {}", grouped(count), reason);
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(1, rows.faults.size()); ++i) {
        const CountedFault& fault = rows.faults[i];
        why += fmt::format("; {}, line {}, column {}: {}", fault.file, fault.line, fault.column,
                           fault.says);
    }
    return bad_input(fmt::format("no {} can be read of {} rows{}", holds, rows.rows, why));
}

}  // namespace

Result<ImportReport> import_referrals(Site& site, const std::vector<fs::path>& files, Month month,
                                      const CountedOptions& options) {
    const auto layouts = read_counted_layouts(site.rules_folder(), "referrals", referral_fields());
    if (!layouts) return layouts.problem();
    CountedImport import(site, files, options, ReferralReading(*layouts, month));
    if (const auto read = import.read(); !read) return read.problem();
    const auto counts = import.reading().counts();
    if (auto some = refuse_empty(import.reading().rows(), "referrals"); !some) {
        return some.problem();
    }
    const auto recorded = site.decisions().record_referrals(
        import.described(CountedKind::referrals, to_text(month)), counts);
    if (!recorded) return recorded.problem();
    return import.report(*recorded, "referrals", sum_of(counts));
}

Result<ImportReport> import_waiting_list(Site& site, const std::vector<fs::path>& files, Date as_at,
                                         const CountedOptions& options) {
    const auto layouts =
        read_counted_layouts(site.rules_folder(), "waiting_list", waiting_fields());
    if (!layouts) return layouts.problem();
    CountedImport import(site, files, options, WaitingReading(*layouts, as_at));
    if (const auto read = import.read(); !read) return read.problem();
    const auto counts = import.reading().counts();
    if (auto some = refuse_empty(import.reading().rows(), "patients waiting"); !some) {
        return some.problem();
    }
    const auto recorded = site.decisions().record_waiting_list(
        import.described(CountedKind::waiting_list, to_text(as_at)), counts);
    if (!recorded) return recorded.problem();
    return import.report(*recorded, "patients waiting", sum_of(counts));
}

}  // namespace purse
