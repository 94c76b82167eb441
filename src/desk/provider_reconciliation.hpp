// A draft's baseline reconciled with the contracts, provider by provider.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "desk/site.hpp"
#include "reports/provider_reconciliation.hpp"

namespace purse {

// Contracts: CSV with provider, pence and, if it likes, line. The draft is the year's newest when
// none is named.
Result<ProviderReconciliation> reconcile_providers(
    const Site& site, FinancialYear year, const std::optional<std::string>& draft,
    const std::optional<std::filesystem::path>& contracts);

}  // namespace purse
