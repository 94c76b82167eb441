// Extracts that are kept as counts: GP referrals of a month, waiting lists of a day. A later
// extract of the same kind, month (or day) and source takes the earlier one's place whole; the
// earlier one stays to be read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class CountedKind : std::uint8_t { referrals, waiting_list };
std::string_view to_text(CountedKind kind);  // "waiting_list"
Result<CountedKind> parse_counted_kind(std::string_view text);

struct NewCountedExtract {
    CountedKind kind = CountedKind::referrals;
    std::string about;   // the month, or the day of a waiting list, in ISO 8601
    std::string source;  // who gives it: extracts of several sources stand beside each other
    std::string files;   // their names
    std::string digest;  // of what was read, files and layout
    std::string layout;
    std::int64_t rows = 0, accepted = 0, rejected = 0, passed_over = 0;
    std::string rejects;  // path of the rejects file in the site; empty: nothing was rejected
    std::string at;       // the caller's clock, ISO 8601 in UTC
};

struct CountedExtract {
    std::int64_t number = 0;  // 1, 2, 3, ... without gaps
    NewCountedExtract extract;
    std::optional<std::int64_t> replaced_by;
};

struct RecordedExtract {
    CountedExtract extract;
    bool already_there = false;  // the same content was recorded before: nothing changed
};

}  // namespace purse
