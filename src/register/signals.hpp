// What the register keeps of control charts and alerts: limits moved by a person with a reason,
// what was told as special, and who wants letters about it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "calendar/month.hpp"
#include "organisation/codes.hpp"
#include "register/accounts.hpp"

namespace purse {

// New limits of a practice's chart from a month on. Nothing takes one away; a later one of the same
// month stands in its place.
struct NewChartRebase {
    PracticeCode practice;
    std::string measure;
    Month from;
    std::string person;
    std::string reason;
    std::string at;  // the caller's clock, ISO 8601 in UTC
};
struct StoredChartRebase {
    std::int64_t number = 0;  // 1, 2, 3, ... without gaps
    NewChartRebase rebase;
};

// That something special began at a practice.
struct NewAlert {
    Month month;
    PracticeCode practice;
    std::string measure;
    std::string seen_by;  // "funnel", "chart"
    int side = 0;         // 1 more, -1 fewer
    Month since;
    std::string says;
    int closing = 0;  // of the month, that it was seen in
    std::string at;
};
struct StoredAlert {
    std::int64_t number = 0;
    NewAlert alert;
};

enum class LetterFrequency : std::uint8_t { none, weekly, monthly };
std::string_view to_text(LetterFrequency how_often);
Result<LetterFrequency> parse_letter_frequency(std::string_view text);

struct LetterSetting {
    AccountNumber account;
    LetterFrequency how_often = LetterFrequency::none;
    std::int64_t told_up_to = 0;  // the last alert that a letter told of, or was there at the start
    std::string sent_at;          // "": no letter yet
};

}  // namespace purse
