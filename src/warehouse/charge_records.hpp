// Charges of a closed month read back, record by record: what stands behind a statement's line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "organisation/affiliation.hpp"
#include "warehouse/database.hpp"

namespace purse {

struct ChargesWanted {
    std::vector<Account> accounts;
    std::vector<BudgetLine> lines;
    Month first;
    Month last;
    std::size_t most = 0;  // of the records; 0: all
};

struct ChargeRecord {
    std::string data_set;
    std::int64_t batch = 0;
    std::int64_t line = 0;
    std::string record_id;  // prescribing: the BNF code
    Month month;
    std::string account;
    std::string provider;
    std::string paid_as;  // admission type or tariff applied
    std::string outcome;
    Pence price;          // of this line: an attendance without its imaging, or its imaging alone
    FinePence fine_cost;  // prescribing
};

struct ChargesFound {
    std::vector<ChargeRecord> records;  // those that cost most first, then by batch and line
    std::int64_t in_all = 0;
    Pence price_in_all;
    FinePence fine_cost_in_all;
};

// Records that count in the lines' figures: priced, at a local price, zero-priced, as given, and
// what else has a cost.
Result<ChargesFound> read_charges(const std::filesystem::path& charges, const ChargesWanted& wanted,
                                  const DatabaseLimits& limits);

}  // namespace purse
