#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "desk/imports.hpp"
#include "rulebook/tariff_files.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// Of a folder: over its files' names and bytes, in the order of the names.
Result<std::string> digest_of_input(const fs::path& file) {
    if (!fs::is_directory(file)) return digest_of_file(file);
    std::vector<fs::path> parts;
    for (const auto& entry : fs::directory_iterator(file)) parts.push_back(entry.path());
    std::ranges::sort(parts);
    Digest whole;
    for (const fs::path& part : parts) {
        const auto digest = digest_of_file(part);
        if (!digest) return digest.problem();
        whole.add(part.filename().string() + " " + *digest + "\n");
    }
    return whole.hex();
}

Result<TariffRead> read_tariff(const fs::path& file, FinancialYear year) {
    if (!fs::exists(file)) return not_found("there is no file " + file.string());
    return fs::is_directory(file) ? read_tariff_folder(file, year)
                                  : read_tariff_workbook(file, year);
}

void add_parts(ImportReport& report, const std::vector<SheetRead>& sheets) {
    for (const SheetRead& sheet : sheets) {
        ImportedPart part{sheet.sheet, sheet.holds, sheet.rows_read, {}};
        for (const UnreadSheetRow& row : sheet.unread) {
            part.unread.push_back(fmt::format("row {}: {}", row.row, row.reason));
        }
        report.parts.push_back(std::move(part));
    }
}

std::string prices_in_words(const Tariff& tariff) {
    return fmt::format(
        "{} HRGs of admitted care, {} treatment functions, {} A&E HRGs, {} unbundled HRGs, "
        "{} best practice prices, {} market forces factors",
        tariff.admitted.size(), tariff.attendances.size(), tariff.emergency.size(),
        tariff.unbundled.size(), tariff.best_practice.size(), tariff.market_forces.size());
}

// Writes the canonical CSVs into the site, where the version names their folder. The folder appears
// whole or not at all.
fs::path store(const Site& site, Tariff& tariff) {
    const fs::path staging = site.staging_folder() / "tariff";
    fs::remove_all(staging);
    fs::create_directories(staging);
    tariff.version = write_tariff_folder(tariff, staging);
    const fs::path relative =
        fs::path("tariffs") / as_folder(tariff.year) / tariff.version.substr(0, 16);
    const fs::path target = site.folder() / relative;
    fs::create_directories(target.parent_path());
    if (fs::exists(target)) {
        fs::remove_all(staging);
    } else {
        fs::rename(staging, target);
    }
    return relative;
}

}  // namespace

Result<ImportReport> import_tariff(Site& site, const fs::path& file, FinancialYear year) {
    if (!fs::exists(file)) return not_found("there is no file " + file.string());
    const auto digest = digest_of_input(file);
    if (!digest) return digest.problem();
    ImportReport report;
    report.file = file.string();
    if (site.decisions().find_import(ImportKind::tariff, to_text(year), *digest)) {
        report.already_imported = true;
        report.says = fmt::format("{} was imported before for {}: nothing changed",
                                  file.filename().string(), to_text(year));
        return report;
    }
    auto read = read_tariff(file, year);
    if (!read) return read.problem();
    add_parts(report, read->sheets);
    std::size_t rows = 0;
    for (const ImportedPart& part : report.parts) rows += part.rows;
    const fs::path folder = store(site, read->tariff);
    const NewImport import{.kind = ImportKind::tariff,
                           .about = to_text(year),
                           .file_name = file.filename().string(),
                           .digest = *digest,
                           .rows = static_cast<std::int64_t>(rows),
                           .imported_at = site.now()};
    const auto done = site.decisions().import_tariff(
        import, {year, read->tariff.version, read->tariff.label, folder});
    if (!done) return done.problem();
    report.already_imported = done->already_imported;
    report.says = fmt::format("tariff of {}, version {}{}: {}", to_text(year),
                              read->tariff.version.substr(0, 8),
                              done->already_imported ? " (its prices were here already)" : "",
                              prices_in_words(read->tariff));
    return report;
}

Result<ImportReport> tariff_to_csv(const fs::path& file, FinancialYear year,
                                   const fs::path& folder) {
    auto read = read_tariff(file, year);
    if (!read) return read.problem();
    fs::create_directories(folder);
    const std::string version = write_tariff_folder(read->tariff, folder);
    ImportReport report;
    report.file = file.string();
    add_parts(report, read->sheets);
    report.says = fmt::format("tariff of {}, version {}, written to {}: {}", to_text(year),
                              version.substr(0, 8), folder.string(), prices_in_words(read->tariff));
    return report;
}

}  // namespace purse
