#include "desk/practices.hpp"

#include <fmt/format.h>

#include <algorithm>

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

Outcome is_known_practice(const Site& site, Account account) {
    const auto& practices = site.decisions().organisations().practices;
    if (is_unattributed(account) ||
        std::ranges::find(practices, account, &Practice::code) != practices.end()) {
        return Nothing{};
    }
    return not_found(
        fmt::format("there is no practice {}: 'purse practices' lists them", account.text()));
}

}  // namespace purse
