// How many records of a closed month there are by the patient's age and sex: what standardised
// rates are made of. Account and line are the closing's own, so that the counts are those that its
// statements stand on.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "activity/count_rule.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "organisation/affiliation.hpp"
#include "warehouse/database.hpp"

namespace purse {

// A stored batch whose records the charges are of.
struct ChargedBatch {
    DataSet set = DataSet::admitted_care;
    std::int64_t number = 0;
    std::filesystem::path records;
};

struct AgedCount {
    std::size_t rule = 0;  // its place among the rules
    Month month;
    Account account;
    char sex = '?';          // M, F; ? not known or not said
    std::optional<int> age;  // in years; none: not known
    std::int64_t count = 0;
};

// Of the months from first to last. Refused where a charge has no record: the batch was altered.
Result<std::vector<AgedCount>> aged_counts(const std::filesystem::path& charges,
                                           const std::vector<ChargedBatch>& batches,
                                           const std::vector<CountRule>& rules, Month first,
                                           Month last, const DatabaseLimits& limits);

}  // namespace purse
