#include "api/directory.hpp"

namespace purse {

std::shared_ptr<const Names> Directory::names(const Site& site, Date day) {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (names_ && now - looked_ < std::chrono::seconds(5)) return names_;
    auto names = std::make_shared<Names>();
    names->practices = practices_on(site, day);
    const Organisations known = site.decisions().organisations();
    for (const Provider& provider : known.providers) {
        names->providers[provider.code] = provider.name;
    }
    for (const Practice& practice : known.practices) {
        names->all_practices[practice.code] = practice.name;
    }
    names_ = names;
    looked_ = now;
    return names;
}

}  // namespace purse
