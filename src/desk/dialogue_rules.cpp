#include "desk/dialogue_rules.hpp"

#include "budget/scheme.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

fs::path schemes_folder(const Site& site) {
    const fs::path own = site.rules_folder() / "schemes";
    return fs::exists(own) ? own : shipped_rules_folder() / "schemes";
}

}  // namespace

Result<SiteDialogueRules> dialogue_rules_of(const Site& site, FinancialYear year) {
    std::string name(default_dialogue_scheme);
    const fs::path schemes = schemes_folder(site);
    if (const auto drafts = site.decisions().drafts(year); !drafts.empty()) {
        const std::string& newest = drafts.back().scheme;
        if (fs::exists(schemes / (newest + ".toml"))) name = newest;
    }
    const auto scheme = find_scheme(schemes, name);
    if (!scheme) return scheme.problem();
    return SiteDialogueRules{name, scheme->dialogue};
}

}  // namespace purse
