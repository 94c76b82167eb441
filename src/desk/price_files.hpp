// Pricing a file with the site's tariffs and nothing else of the site; nothing is stored.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "desk/loads.hpp"

namespace purse {

struct PriceFileRequest {
    DataSet set = DataSet::admitted_care;
    std::filesystem::path file;
    FinancialYear year;
    std::optional<std::string> tariff_version;
    // The year by whose version the records are grouped: labelled estimates where HRGs differ.
    std::optional<FinancialYear> grouped_by;
    std::optional<std::string> layout;
    std::filesystem::path out;  // .csv or .parquet
    bool reconcile = false;     // compare with the prices that the file itself carries
};

struct FieldAgreement {
    std::string field;
    std::int64_t compared = 0;
    std::int64_t agreed = 0;
};

struct PriceFileReport {
    std::vector<ControlTotal> totals;  // rows and pence by outcome; rows in = their sum
    std::int64_t rows_in = 0;
    std::vector<FieldAgreement> agreements;
    std::filesystem::path differences;  // where --reconcile lists the rest
    std::vector<std::string> refused;   // reasons why records could not be priced rightly
};

Result<PriceFileReport> price_file(const Site& site, const PriceFileRequest& request,
                                   const Progress& progress);

}  // namespace purse
