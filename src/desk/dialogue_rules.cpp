#include "desk/dialogue_rules.hpp"

#include "budget/scheme.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

fs::path schemes_folder(const Site& site) {
    const fs::path own = site.rules_folder() / "schemes";
    return fs::exists(own) ? own : shipped_rules_folder() / "schemes";
}

// A draft tried out beside the offers does not move the dates of the dialogues under way.
std::string scheme_in_use(const Site& site, FinancialYear year) {
    if (const auto offered = site.decisions().last_offered_draft(year)) return offered->scheme;
    const auto drafts = site.decisions().drafts(year);
    return drafts.empty() ? "" : drafts.back().scheme;
}

}  // namespace

Result<SiteDialogueRules> dialogue_rules_of(const Site& site, FinancialYear year) {
    std::string name(default_dialogue_scheme);
    const fs::path schemes = schemes_folder(site);
    const std::string used = scheme_in_use(site, year);
    if (!used.empty() && fs::exists(schemes / (used + ".toml"))) name = used;
    const auto scheme = find_scheme(schemes, name);
    if (!scheme) return scheme.problem();
    return SiteDialogueRules{name, scheme->dialogue};
}

}  // namespace purse
