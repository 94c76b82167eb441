// Importing what is published or decided elsewhere: organisations, lists, tariffs, budgets. The
// same file twice changes nothing; every row not read is reported with its reason.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/date.hpp"
#include "calendar/month.hpp"
#include "desk/site.hpp"

namespace purse {

// What was read of one part of the input: a sheet of a workbook, or the whole file.
struct ImportedPart {
    std::string name;
    std::string holds;
    std::size_t rows = 0;
    std::vector<std::string> unread;  // "row 12: ...", with what to do
};

struct ImportReport {
    std::string file;
    std::string says;               // one sentence: what was imported
    bool already_imported = false;  // nothing changed
    std::vector<ImportedPart> parts;
    std::vector<std::string> notes;
};

Result<ImportReport> import_organisations(Site& site, const std::filesystem::path& file);
Result<ImportReport> import_lists(Site& site, const std::filesystem::path& file, Date as_at);
Result<ImportReport> import_budget(Site& site, const std::filesystem::path& file);
// A workbook, or a folder of CSVs.
Result<ImportReport> import_tariff(Site& site, const std::filesystem::path& file,
                                   FinancialYear year);

// Without a site: the workbook as a folder of CSVs.
Result<ImportReport> tariff_to_csv(const std::filesystem::path& file, FinancialYear year,
                                   const std::filesystem::path& folder);

}  // namespace purse
