// The reconciliation by provider as text, JSON, CSV and a page.
#pragma once

#include <string>

#include "reports/provider_reconciliation.hpp"

namespace purse {

std::string as_text(const ProviderReconciliation& reconciliation);
std::string as_json(const ProviderReconciliation& reconciliation);
std::string as_csv(const ProviderReconciliation& reconciliation);
std::string as_html(const ProviderReconciliation& reconciliation);

}  // namespace purse
