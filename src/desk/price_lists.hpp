// The price books that a site prices by: one a financial year, from the register's tariffs, the
// rules, and the site's own prices.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "desk/site.hpp"
#include "money/factor.hpp"
#include "pricing/price_book.hpp"
#include "register/closings.hpp"

namespace purse {

struct SitePriceBook {
    TariffVersion version;
    std::shared_ptr<const PriceBook> book;
};

// By the year's current tariff, or by the version given (its first characters). With
// `estimate_for`, HRGs of that year's current tariff that this one lacks have labelled estimates.
Result<SitePriceBook> price_book_of(const Site& site, FinancialYear year,
                                    const std::optional<std::string>& version = {},
                                    std::optional<FinancialYear> estimate_for = {});

// The same with one market forces factor in place of every provider's own, or of one provider's:
// what if. A problem when the provider has none in the list.
Result<SitePriceBook> price_book_with_factor(const Site& site, FinancialYear year,
                                             const std::optional<std::string>& version,
                                             Factor factor, ProviderCode provider);

// Baselines of emergency admissions by year and provider, for the marginal rate, from
// local/emergency_baselines.csv: provider, year, baseline_pounds, source. Without the file none is
// known; "none" for a baseline: the provider's emergencies are outside any contract. The baseline
// is the 2008/09 value at the year's prices (HFMA, PbR guidance 2010/11).
using EmergencyBaselines = std::map<FinancialYear, std::map<ProviderCode, std::optional<Pence>>>;
Result<EmergencyBaselines> read_emergency_baselines(const std::filesystem::path& file);

// A digest over all that prices depend on besides the tariff: rules, local prices and factors.
std::string pricing_inputs_digest(const Site& site, FinancialYear year);

}  // namespace purse
