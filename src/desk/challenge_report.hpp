// The rate of return of challenges, for both sides: pounds recovered and days to answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/challenges.hpp"

namespace purse {

struct ReturnRow {
    std::string code;  // of a practice, a provider or a reason; "total"
    std::string name;
    std::int64_t marked = 0;
    std::int64_t open = 0;
    std::int64_t late = 0;  // of the open ones
    std::int64_t upheld = 0;
    std::int64_t rejected = 0;
    std::int64_t withdrawn = 0;
    Pence disputed;   // of the open ones
    Pence decided;    // what was disputed of those that were upheld or rejected
    Pence recovered;  // credited
    // From the mark to the decision, in days; none while nothing is decided.
    std::optional<int> median_days;
    std::optional<int> longest_days;

    // Pounds recovered of a thousand pounds decided; none while nothing is decided.
    [[nodiscard]] std::optional<std::int64_t> per_thousand() const;
};

struct ReturnReport {
    std::optional<PracticeCode> practice;  // none: of all
    std::optional<Date> from;              // marked on or after
    std::optional<Date> to;                // marked on or before
    Date today;
    std::vector<ReturnRow> practices;  // by code
    std::vector<ReturnRow> providers;
    std::vector<ReturnRow> reasons;
    ReturnRow total;
};

struct ReturnQuestion {
    std::optional<PracticeCode> practice;
    std::optional<Date> from;
    std::optional<Date> to;
};
Result<ReturnReport> rate_of_return(const Site& site, const ReturnQuestion& question, Date today);

}  // namespace purse
