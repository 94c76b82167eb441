// What the register holds of organisations and lists: of every key the row of the file imported
// last, whichever files the rows came from. History is in the rows' own dates.
#pragma once

#include <vector>

#include "organisation/organisation.hpp"
#include "population/list_size.hpp"

namespace purse {

struct Organisations {
    std::vector<Practice> practices;
    std::vector<Provider> providers;
    std::vector<Commissioner> commissioners;
    std::vector<Network> networks;
    std::vector<Membership> memberships;
    std::vector<Succession> successions;
    std::vector<NamedMerger> named_mergers;
    std::vector<ProviderSuccession> provider_successions;
    std::vector<CommissionerSuccession> commissioner_successions;
};

// What Lists is made from.
struct KnownLists {
    std::vector<ListSize> sizes;
    std::vector<WeightedList> weighted;
};

}  // namespace purse
