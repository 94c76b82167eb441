#include <fmt/format.h>

#include "base/digest.hpp"
#include "budget/budget_file.hpp"
#include "desk/imports.hpp"
#include "desk/kept_table.hpp"
#include "organisation/organisation_file.hpp"
#include "population/list_file.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// The steps that every import shares: the digest, whether it was imported before, and the report.
class FileImport {
  public:
    static Result<FileImport> of(const Site& site, const fs::path& file, ImportKind kind,
                                 std::string about) {
        const auto digest = digest_of_file(file);
        if (!digest) return digest.problem();
        FileImport import;
        import.file_.kind = kind;
        import.file_.about = std::move(about);
        import.file_.file_name = file.filename().string();
        import.file_.digest = *digest;
        import.file_.imported_at = site.now();
        import.report_.file = file.string();
        import.known_ = site.decisions().find_import(kind, import.file_.about, *digest).has_value();
        return import;
    }

    [[nodiscard]] bool known() const { return known_; }

    Result<ImportReport> known_report() {
        report_.already_imported = true;
        report_.says = "imported before: nothing changed";
        return report_;
    }

    NewImport with_rows(std::size_t rows) {
        file_.rows = static_cast<std::int64_t>(rows);
        return file_;
    }

    ImportReport report_of(std::string_view holds, std::size_t rows,
                           const std::vector<UnreadRow>& unread,
                           const std::vector<PassedOver>& passed_over, std::string says) {
        report_.parts.push_back({file_.file_name, std::string(holds), rows, in_words(unread)});
        for (const PassedOver& passed : passed_over) {
            report_.notes.push_back(
                fmt::format("{} rows passed over: {}", passed.rows, passed.why));
        }
        report_.says = std::move(says);
        return report_;
    }

  private:
    NewImport file_;
    ImportReport report_;
    bool known_ = false;
};

}  // namespace

Result<ImportReport> import_organisations(Site& site, const fs::path& file) {
    auto import = FileImport::of(site, file, ImportKind::organisations, "");
    if (!import) return import.problem();
    if (import->known()) return import->known_report();
    const auto read = read_organisations(file);
    if (!read) return read.problem();
    const auto done =
        site.decisions().import_organisations(import->with_rows(read->rows_read()), *read);
    if (!done) return done.problem();
    return import->report_of(
        in_words(read->kind), read->rows_read(), read->unread, read->passed_over,
        fmt::format("{} practices, {} providers, {} memberships, {} successions",
                    read->practices.size(), read->providers.size(), read->memberships.size(),
                    read->successions.size()));
}

Result<ImportReport> import_lists(Site& site, const fs::path& file, Date as_at) {
    auto import = FileImport::of(site, file, ImportKind::lists, to_text(as_at));
    if (!import) return import.problem();
    if (import->known()) return import->known_report();
    const auto read = read_lists(file, as_at);
    if (!read) return read.problem();
    const std::size_t rows = read->rows - read->unread.size();
    const auto done = site.decisions().import_lists(import->with_rows(rows), *read);
    if (!done) return done.problem();
    ImportReport report =
        import->report_of(in_words(read->layout), rows, read->unread, read->passed_over,
                          fmt::format("lists of {}: {} sizes, {} weighted lists", to_text(as_at),
                                      read->sizes.size(), read->weighted.size()));
    if (read->day_in_file && *read->day_in_file != as_at) {
        report.notes.push_back(
            fmt::format("the file says it is of {}, you said {}: your day was used",
                        to_text(*read->day_in_file), to_text(as_at)));
    }
    report.notes.insert(report.notes.end(), read->disagreements.begin(), read->disagreements.end());
    return report;
}

Result<ImportReport> import_budget(Site& site, const fs::path& file) {
    auto import = FileImport::of(site, file, ImportKind::budget, "");
    if (!import) return import.problem();
    if (import->known()) return import->known_report();
    const auto read = read_budgets(file);
    if (!read) return read.problem();
    std::vector<BudgetRow> rows;
    Pence total;
    for (const BudgetFileRow& budget : read->budgets) {
        BudgetRow row{budget.practice, budget.year, budget.line, budget.annual, {}};
        if (budget.profile) row.profile = budget.profile->weights;
        total += budget.annual;
        rows.push_back(row);
    }
    const auto done = site.decisions().import_budgets(import->with_rows(rows.size()), rows);
    if (!done) return done.problem();
    return import->report_of("budgets", rows.size(), read->unread, {},
                             fmt::format("{} budgets, {} in all", rows.size(), in_pounds(total)));
}

}  // namespace purse
