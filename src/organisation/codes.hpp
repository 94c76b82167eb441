// The codes by which organisations are named in every file.
#pragma once

#include "base/code.hpp"

namespace purse {

using PracticeCode = Code<struct PracticeTag>;  // A81001
using ProviderCode = Code<struct ProviderTag>;  // RVR (the first three characters of a site)
using CommissionerCode = Code<struct CommissionerTag>;  // 5PT (PCT), 08R (CCG), 36L (sub-ICB)
using NetworkCode = Code<struct NetworkTag>;            // U12345 (primary care network, cluster)

// Site codes (RVR05) belong to the provider named by their first three characters; independent
// providers (NT304, 8HK01) keep all of theirs.
ProviderCode provider_of_site(std::string_view site_or_provider);

}  // namespace purse
