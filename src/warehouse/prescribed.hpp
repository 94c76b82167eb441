// What was prescribed, out of a closed month: by presentation over its financial year to date, and
// by section of the BNF month by month. Accounts are the closing's own; amounts are exact.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "organisation/affiliation.hpp"
#include "warehouse/aged_counts.hpp"

namespace purse {

struct PrescribedPresentation {
    Account account;
    std::string bnf_code, name;
    std::int64_t items = 0;
    std::int64_t quantity = 0;  // thousandths
    FinePence actual_cost;
};

struct PrescribedSection {
    Account account;
    Month month;
    std::string paragraph;  // the first six characters of the BNF code
    std::int64_t items = 0;
    FinePence actual_cost;
};

struct Prescribed {
    std::vector<PrescribedPresentation> presentations;  // from `first` to `last`
    std::vector<PrescribedSection> sections;            // of every month that the closing has
};

Result<Prescribed> prescribed(const std::filesystem::path& charges,
                              const std::vector<ChargedBatch>& batches, Month first, Month last,
                              const DatabaseLimits& limits);

}  // namespace purse
