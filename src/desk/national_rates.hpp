// National rates to compare with, as a site imports them: there is no national source in Purse.
// They are kept in the site's local/national_rates.csv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "calendar/month.hpp"
#include "desk/imports.hpp"
#include "desk/site.hpp"

namespace purse {

// Of a row of the statement ("pack_1", "day_case") or a measure ("gp_referrals").
struct NationalRate {
    std::string code;
    FinancialYear year;
    std::int64_t thousandths = 0;  // of a record, for 1,000 patients a year
    std::string source;
    friend bool operator==(const NationalRate&, const NationalRate&) = default;
};

// Columns code, year, rate, source. A row replaces the earlier one of the same code and year; a row
// that cannot be read is reported and left out. Nothing is kept where none can be read.
Result<ImportReport> import_national_rates(Site& site, const std::filesystem::path& file);

// By code; empty where none were imported of the year. A problem: the kept file cannot be read.
Result<std::vector<NationalRate>> national_rates(const Site& site, FinancialYear year);

}  // namespace purse
