// The priced month: every record of a set of batches with its charge, and the cube of what they sum
// to. The same inputs give the same bytes, with any number of threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "activity/cube.hpp"
#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "organisation/affiliation.hpp"
#include "pricing/price_book.hpp"
#include "warehouse/database.hpp"

namespace purse {

// A batch to price. A batch may count for some of its providers only, when a later one replaces
// the others'.
struct BatchToPrice {
    DataSet set = DataSet::admitted_care;
    std::filesystem::path records;
    std::int64_t number = 0;          // in the register
    const PriceBook* book = nullptr;  // of the year of its costing dates; prescribing has none
    std::optional<std::vector<ProviderCode>> providers;  // absent: all
};

// What the steps over priced records (readmissions, marginal rate) need when a year's rules have
// them on; nothing otherwise.
struct PayableSettings {
    std::vector<BatchToPrice> earlier;  // admitted care of the months before: for index spells only
    // Of each provider's emergencies in a whole year; none: outside any contract, paid in full.
    std::map<FinancialYear, std::map<ProviderCode, std::optional<Pence>>> baselines;
    std::filesystem::path baselines_file;  // where a missing one is to be written
    int months = 12;                       // of the year, from April, that are priced
    bool full_tariff_only = false;         // no step is taken, whatever the rules say
};

struct PricedMonthFiles {
    std::filesystem::path charges;  // one row a record, by batch and then as stored; empty: none
    std::filesystem::path cube;     // ordered by all its keys
};

// Rows and money by what became of them: what went in is the sum over the outcomes.
struct OutcomeTotal {
    DataSet set = DataSet::admitted_care;
    CostOutcome outcome = CostOutcome::priced;
    std::int64_t records = 0;
    Pence full;
    FinePence fine_cost;
    Pence payable;
    friend bool operator==(const OutcomeTotal&, const OutcomeTotal&) = default;
};

// Is told, now and then, how much of the work is done: 0 to 1. From another thread.
using ShareDone = std::function<void(double share)>;

// Writes both files anew, each whole or not at all; a missing or damaged batch is a problem that
// names it. The books and the affiliations are only read.
Result<std::vector<OutcomeTotal>> write_priced_month(const std::vector<BatchToPrice>& batches,
                                                     const Affiliations& affiliations,
                                                     const PricedMonthFiles& files,
                                                     const DatabaseLimits& limits,
                                                     const PayableSettings& payable = {},
                                                     const ShareDone& tell = {});

Result<std::vector<CubeRow>> read_cube(const std::filesystem::path& cube);

}  // namespace purse
