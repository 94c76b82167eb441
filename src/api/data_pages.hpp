// What is loaded, as the pages are told it: which extract counts where, and every load.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/disclosure.hpp"
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
// Names the item, for the page after it.
std::string cursor_after(const LoadedMonth& month);

// Years with data, newest first.
std::vector<FinancialYear> years_of(const std::vector<BatchInfo>& batches);

// A load's counts; nothing where its reader may not see them.
struct ShownRows {
    std::optional<std::int64_t> in, accepted, rejected, warned;
};

// What a reader may see of counts of records: all as they are, or by the disclosure policy, where a
// total with a hidden part in it is hidden too.
class CountsShown {
  public:
    CountsShown() = default;
    explicit CountsShown(const DisclosurePolicy& policy) : policy_(&policy) {}
    [[nodiscard]] std::optional<std::int64_t> of(std::int64_t count) const;
    [[nodiscard]] ShownRows rows_of(const NewBatch& load) const;
    [[nodiscard]] std::string mark() const;

  private:
    const DisclosurePolicy* policy_ = nullptr;
};

// `next`: the cursor of the page after, or "".
std::string data_status_page(std::optional<FinancialYear> year,
                             const std::vector<FinancialYear>& years,
                             std::span<const LoadedMonth> months, const std::string& next,
                             const Names& names, const CountsShown& shown);
ReportTable table_of(const std::vector<LoadedMonth>& months, const Names& names,
                     const CountsShown& shown);

std::string batches_page(const std::vector<BatchInfo>& batches, std::optional<std::int64_t> next,
                         const CountsShown& shown);
ReportTable table_of(const std::vector<BatchInfo>& batches, const CountsShown& shown);

}  // namespace purse
