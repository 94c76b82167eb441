// What the register keeps of imported files: which file each row came from, price lists by version,
// and budgets set elsewhere.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct FileNumber {
    std::int64_t value = 0;
    friend auto operator<=>(FileNumber, FileNumber) = default;
};

// `dialogue`: no file but an agreement or a ruling; its digest is its event's hash, its name the
// draft's.
enum class ImportKind { organisations, lists, tariff, budget, dialogue };
std::string_view to_text(ImportKind kind);

// A file about to be imported. The same digest of the same kind `about` the same thing is the same
// import: the workbook for 2017/18 and 2018/19 is imported once for each year.
struct NewImport {
    ImportKind kind = ImportKind::organisations;
    std::string about;        // the tariff's year, the lists' date; empty where the file says it
    std::string file_name;    // without its folder
    std::string digest;       // digest_of_file
    std::int64_t rows = 0;    // rows read
    std::string imported_at;  // the caller's clock, ISO 8601 in UTC
};

struct ImportedFile {
    FileNumber number;
    NewImport file;
};

// The import that was made, or the one that had been made before of the same file (nothing
// changed).
struct Imported {
    ImportedFile import;
    bool already_imported = false;
};

// One version of one year's price list. The digest of its canonical CSVs names the version.
struct NewTariff {
    FinancialYear year;
    std::string version;
    std::string label;             // "2017/18 and 2018/19 national tariff, annex A"
    std::filesystem::path folder;  // of the canonical CSVs, relative to the site
};

struct TariffVersion {
    NewTariff tariff;
    ImportedFile source;
    int sequence = 0;  // 1, 2, ... within the year, by time of import
    bool current = false;
};

struct ImportedTariff {
    TariffVersion version;
    bool already_imported = false;
};

// The annual amount of one budget line of one practice; twelve weights from April to March share it
// out over the months, or the line's own default profile does.
struct BudgetRow {
    PracticeCode practice;
    FinancialYear year;
    BudgetLine line = BudgetLine::day_case;
    Pence annual;
    std::optional<std::array<std::int64_t, 12>> profile;
};

struct BudgetEntry {
    BudgetRow row;
    FileNumber file;
    std::optional<FileNumber> superseded_by;
};

}  // namespace purse
