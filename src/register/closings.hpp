// A closing fixes a month: which batches and which price lists went in, which files came out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "organisation/codes.hpp"
#include "register/batches.hpp"

namespace purse {

// For this provider's part of the batch's data set and month, the batch is what was priced.
struct ClosingBatch {
    BatchNumber batch;
    ProviderCode provider;
    friend auto operator<=>(const ClosingBatch&, const ClosingBatch&) = default;
};

struct ClosingTariff {
    FinancialYear year;
    std::string version;
    friend auto operator<=>(const ClosingTariff&, const ClosingTariff&) = default;
};

struct ControlTotal {
    std::string stage;  // "accepted", "priced", "excluded", ... with the data set where it matters
    std::int64_t rows = 0;
    FinePence money;
    friend bool operator==(const ControlTotal&, const ControlTotal&) = default;
};

// What a closing keeps beside its cube and charges, so that what was said then can be read and
// judged later: how months became complete, and the forecast.
struct ClosingPaper {
    std::string name;  // "forecast"
    StoredFile file;
    friend bool operator==(const ClosingPaper&, const ClosingPaper&) = default;
};

struct NewClosing {
    Month month;
    std::string closed_at;         // the caller's clock, ISO 8601 in UTC
    std::filesystem::path folder;  // relative to the site
    StoredFile cube;
    StoredFile charges;
    std::vector<ClosingBatch> batches;
    std::vector<ClosingTariff> tariffs;
    std::string other_inputs;  // one digest over all else that went in: rules, lists, budgets, ...
    std::vector<ControlTotal> totals;
    std::vector<ClosingPaper> papers;  // by name
};

struct Closing {
    int sequence = 0;  // 1, 2, ... within the month
    NewClosing closing;
};

// The closing that was recorded, or the month's latest where its inputs are the same (nothing
// changed; the caller's files are then nobody's).
struct RecordedClosing {
    Closing closing;
    bool already_closed = false;
};

}  // namespace purse
