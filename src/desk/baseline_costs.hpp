// What the baseline period's care cost by its own tariff and by the budget year's, by practice of
// the budget year and line.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "desk/baseline_records.hpp"
#include "reports/provider_reconciliation.hpp"

namespace purse {

struct BaselineCost {
    Pence then, now;  // by the baseline's prices, by the budget year's
};

struct BaselineCosts {
    // By practice that answers on the budget year's first day; empty code: none does.
    std::map<std::pair<PracticeCode, BudgetLine>, BaselineCost> costs;
    std::vector<PracticeCode> practices;  // of ours on that day
    Activity activity;                    // of those practices
    std::string price_source;
    std::vector<std::string> notes;
};

// Refused when a month's data set is not loaded at freeze, or a year has no tariff.
Result<BaselineCosts> baseline_costs(const Site& site, Month from, Month to, FinancialYear year);

// The same by the budget year's prices, provider by provider; prescribing has none (empty).
struct ProviderBaseline {
    std::vector<ProviderCost> costs;
    std::string price_source;
};
Result<ProviderBaseline> baseline_by_provider(const Site& site, Month from, Month to,
                                              FinancialYear year);

}  // namespace purse
