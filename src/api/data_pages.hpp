// What is loaded, as the pages are told it: which extract counts where, and every load.
#pragma once

#include <string>
#include <vector>

#include "api/directory.hpp"
#include "register/batches.hpp"
#include "register/register.hpp"
#include "render/statement_table.hpp"

namespace purse {

// One provider's month of a data set, and the batch that counts for it.
struct LoadedMonth {
    BatchInfo batch;
    ProviderCode provider;
    std::int64_t records = 0;  // the provider's in the batch
};
// Of the year's months, by data set, month and provider.
std::vector<LoadedMonth> loaded_months(const Register& decisions, FinancialYear year);

// Years with data, newest first.
std::vector<FinancialYear> years_of(const std::vector<BatchInfo>& batches);

std::string data_status_page(std::optional<FinancialYear> year,
                             const std::vector<FinancialYear>& years,
                             const std::vector<LoadedMonth>& months, const Names& names);
ReportTable table_of(const std::vector<LoadedMonth>& months, const Names& names);

std::string batches_page(const std::vector<BatchInfo>& batches, std::optional<std::int64_t> next);

}  // namespace purse
