#include "desk/site_access.hpp"

namespace purse {

namespace {

namespace fs = std::filesystem;

Result<SiteKey> access_key_of(const Site& site) {
    const fs::path file = site.access_key_file();
    if (fs::exists(file)) return SiteKey::from_file(file);
    // Accounts without the key that sealed their secrets: a new key would lock everybody out.
    if (!site.decisions().accounts().empty()) return SiteKey::from_file(file);
    auto made = SiteKey::create(file);
    // Two doors that open the site at once: the other one's key is as good.
    return made ? std::move(made) : SiteKey::from_file(file);
}

}  // namespace

Result<SiteAccess> open_access(const Site& site) {
    const fs::path rules = site.rules_folder();
    auto permissions = Permissions::read(rules / "permissions.toml");
    if (!permissions) return permissions.problem();
    auto access = read_access_rules(rules);
    if (!access) return access.problem();
    auto disclosure = read_disclosure_policy(rules / "disclosure.toml");
    if (!disclosure) return disclosure.problem();
    auto key = access_key_of(site);
    if (!key) return key.problem();
    return SiteAccess{.accounts = Accounts(site.decisions(), site.settings().commissioner, *key,
                                           std::move(*access)),
                      .permissions = std::move(*permissions),
                      .disclosure = std::move(*disclosure),
                      .key = *key};
}

}  // namespace purse
