// A batch is one load of one data set, month and extract stage: what came in, what became of it,
// and where its records stand. A records file exists for the program only when a batch names it.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/data_set.hpp"
#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct BatchNumber {
    std::int64_t value = 0;  // 1, 2, 3, ... without gaps
    friend auto operator<=>(BatchNumber, BatchNumber) = default;
};

// A file in the records folder: its path relative to the site, and its checksum (digest_of_file).
struct StoredFile {
    std::filesystem::path path;
    std::string checksum;
    friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

struct SourceFile {
    std::string name;  // without its folder
    std::string digest;
};

struct ReasonCount {
    std::string reason;    // the rule's code: "hrg_not_in_tariff"
    std::string severity;  // "reject" or "warning"
    std::int64_t count = 0;
};

// Rejects that would have belonged to a practice, for its statement.
struct PracticeReasonCount {
    PracticeCode practice;
    std::string reason;
    std::int64_t count = 0;
};

struct ProviderRows {
    ProviderCode provider;  // the empty code where a data set has no providers
    std::int64_t rows = 0;
};

struct BatchCounts {
    std::int64_t in = 0;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t warned = 0;  // accepted, with a warning
};

struct BatchMoney {
    FinePence in;
    FinePence accepted;
    FinePence rejected;
};

struct NewBatch {
    DataSet set = DataSet::admitted_care;
    Month month;
    Extract stage = Extract::early;
    std::vector<SourceFile> files;
    std::string layout;
    BatchCounts rows;
    BatchMoney money;
    StoredFile records;
    std::filesystem::path rejects;  // relative to the site; empty when nothing was rejected
    std::vector<ReasonCount> reasons;
    std::vector<PracticeReasonCount> practice_rejects;
    std::vector<ProviderRows> providers;
    std::string loaded_at;  // the caller's clock, ISO 8601 in UTC
};

// What makes two loads the same: data set, month, stage and the files' digests in any order.
std::string content_key(const NewBatch& batch);

struct BatchInfo {
    BatchNumber number;
    NewBatch load;
};

// The batch that was recorded, or the one that had been recorded before with the same content
// (nothing changed; the caller's records file is then nobody's).
struct RecordedBatch {
    BatchInfo batch;
    bool already_loaded = false;
};

// A batch, and the providers for whose month it is the one that counts.
struct CurrentBatch {
    BatchInfo batch;
    std::vector<ProviderCode> providers;  // sorted
};

}  // namespace purse
