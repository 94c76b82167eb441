// What if: the hospital care of a practice, or of the whole site, at another year's tariff or other
// market forces factors, by the same kernel that made the statements.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/site.hpp"
#include "money/factor.hpp"

namespace purse {

struct RepriceRequest {
    std::optional<PracticeCode> practice;  // none: every account of the site
    Month month;                           // the year to this month
    std::optional<FinancialYear> tariff;   // of another year
    std::optional<Factor> market_forces;   // in place of every provider's own, or of one's
    ProviderCode provider;                 // empty: of all
};

struct RepricedLine {
    BudgetLine line = BudgetLine::day_case;
    std::int64_t records = 0;
    Pence now, other;
    [[nodiscard]] Pence difference() const { return other - now; }
};

struct Repricing {
    std::string title;
    std::string prices_now, prices_other;
    std::vector<RepricedLine> lines;
    RepricedLine total;
    std::vector<std::string> notes;
    double seconds = 0;  // of pricing both
};

// Refused: a price list of another HRG version (too many codes that only one of them knows),
// nothing to change, an unknown practice or provider.
Result<Repricing> reprice(const Site& site, const RepriceRequest& request);

}  // namespace purse
