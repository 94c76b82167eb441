#include "desk/practices.hpp"

#include "desk/month_inputs.hpp"
#include "population/list_size.hpp"

namespace purse {

std::vector<SitePractice> practices_on(const Site& site, Date day) {
    const auto affiliations = affiliations_of(site);
    const KnownLists known = site.decisions().lists();
    const Lists lists(known.sizes, known.weighted);
    std::vector<SitePractice> practices;
    for (const PracticeCode code : affiliations->ours_on(day)) {
        practices.push_back({code, affiliations->name_of(code), affiliations->network_of(code, day),
                             lists.total(code, day), lists.day_known(code, day)});
    }
    return practices;
}

}  // namespace purse
