// Tariffs in and out of files: the national workbooks as published, and a folder of CSVs that says
// the same (docs/tariff-folder.md documents its files and columns).
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "rulebook/tariff.hpp"

namespace purse {

struct UnreadSheetRow {
    std::uint32_t row = 0;
    std::string reason;
};
struct SheetRead {
    std::string sheet;
    std::string holds;  // "admitted care and outpatient procedures"; "not needed: definitions"
    std::size_t rows_read = 0;
    std::vector<UnreadSheetRow> unread;
};
struct TariffRead {
    Tariff tariff;
    std::vector<SheetRead> sheets;  // every sheet of the workbook, in order
};

// Columns are found by their headings. A workbook of two years (2017/18 and 2018/19) gives the year
// asked.
Result<TariffRead> read_tariff_workbook(const std::filesystem::path& file, FinancialYear year);
Result<TariffRead> read_tariff_folder(const std::filesystem::path& folder, FinancialYear year);

// Writes the canonical CSVs; the same tariff gives the same bytes. Returns the version (their
// digest).
std::string write_tariff_folder(const Tariff& tariff, const std::filesystem::path& folder);

// Factors for providers that the national list lacks (mergers, independent providers), from a CSV
// of provider, factor and source, to be added to a Tariff by who asks for it.
Result<std::vector<std::pair<ProviderCode, MarketForcesFactor>>> read_local_market_forces(
    const std::filesystem::path& file);

}  // namespace purse
