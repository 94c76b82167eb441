// What changed since the last load: a month's extract beside the one before it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/site.hpp"
#include "warehouse/batch_changes.hpp"

namespace purse {

struct LoadChangesWanted {
    DataSet set = DataSet::admitted_care;
    Month month;
    std::optional<BatchNumber> from;  // absent: the one before `to` for the same providers
    std::optional<BatchNumber> to;    // absent: the newest
    std::optional<Account> account;   // absent: all
};

struct LoadChangeSum {
    ChangeReason reason = ChangeReason::unchanged;
    std::int64_t records = 0;
    Pence before;
    Pence after;
};

struct LoadChanges {
    LoadChangesWanted wanted;
    BatchInfo from;
    BatchInfo to;
    std::vector<LoadChangeSum> by_reason;  // unchanged first; reasons without records left out
    LoadChangeSum total;
    std::vector<BatchChange> details;  // without what is unchanged
    // "To the freeze of May 2017 (batch 12), 41 records came, ..."
    [[nodiscard]] std::string says() const;
};

// Refused where there is no earlier extract, and for batches of another month or data set.
Result<LoadChanges> changes_of_load(const Site& site, const LoadChangesWanted& wanted);

}  // namespace purse
