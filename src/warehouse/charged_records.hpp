// Single records of a closed month's charges, found by their providers' identifiers: what a
// challenge is about.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "activity/codes.hpp"
#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/pence.hpp"
#include "organisation/affiliation.hpp"
#include "organisation/codes.hpp"
#include "warehouse/database.hpp"

namespace purse {

struct ChargedRecord {
    DataSet set = DataSet::admitted_care;
    std::int64_t batch = 0;
    std::int64_t line = 0;
    std::string record_id;
    ProviderCode provider;
    Account account;
    Month month;  // of the costing date
    BudgetLine budget_line = BudgetLine::day_case;
    TreatmentFunction treatment_function;
    Pence price;    // by the full tariff, imaging included
    Pence imaging;  // the part of it that counts in diagnostics
};

struct RecordName {
    DataSet set = DataSet::admitted_care;
    std::string record_id;
};

// Of hospital records only; an identifier that two providers use gives both. By set, provider and
// identifier.
Result<std::vector<ChargedRecord>> charged_records(const std::filesystem::path& charges,
                                                   const std::vector<RecordName>& wanted,
                                                   const DatabaseLimits& limits);

}  // namespace purse
