// What a site's months came to, extract by extract and account by account, at the prices of the
// year that is closed: what completion and the forecast learn from.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "desk/price_lists.hpp"
#include "desk/site.hpp"
#include "monitoring/account_cost.hpp"
#include "monitoring/completion.hpp"

namespace purse {

// A batch, and the providers whose last extract of its stage it is.
struct HistoryBatch {
    BatchInfo batch;
    std::vector<ProviderCode> counting;  // nothing later replaced it
    std::vector<ProviderCode> replaced;  // by a later stage
};

struct HistoryInputs {
    std::vector<HistoryBatch> batches;  // of all months, by number
    std::map<FinancialYear, SitePriceBook>
        books;           // by the records' year; the closing's own without
    std::string digest;  // of which batches and price lists these are
};

// How far back: five years of what counts, and three of what it replaced.
inline constexpr int months_of_costs = 60;
inline constexpr int months_of_stages = 36;

HistoryInputs history_inputs(const Site& site, Month month);

struct SiteHistory {
    std::vector<StageCost> stages;   // by set, provider, line, month, stage
    std::vector<AccountCost> costs;  // of what counts, by account, line and month
    std::vector<CubeRow> unfrozen;   // of what counts and is not frozen yet
    StageOfBatch stage_of;           // of every batch
};

// Prices what the closing's own year does not hold. `cube` is the closing's: its own year's months
// are taken from it. Years whose records the year's price list cannot price are left out.
Result<SiteHistory> history_of(const Site& site, Month month, const HistoryInputs& inputs,
                               const std::map<FinancialYear, SitePriceBook>& own_books,
                               const Affiliations& affiliations, std::span<const CubeRow> cube);

// A closing's paper, as it was stored.
Result<std::string> paper_of(const Site& site, const Closing& closing, const std::string& name);
bool has_paper(const Closing& closing, const std::string& name);

std::string as_csv(std::span<const StageCost> stages);
Result<std::vector<StageCost>> parse_stage_costs(std::string csv, const std::string& file);

}  // namespace purse
