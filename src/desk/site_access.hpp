// A site's accounts, permissions and disclosure policy, opened together for a door.
#pragma once

#include <string>

#include "access/accounts.hpp"
#include "access/disclosure.hpp"
#include "access/permissions.hpp"
#include "desk/outbox.hpp"
#include "desk/site.hpp"

namespace purse {

struct SiteAccess {
    Accounts accounts;
    Permissions permissions;
    DisclosurePolicy disclosure;
    SiteKey key;
};

// Reads rules/permissions.toml, access.toml and disclosure.toml, and the site's access.key, which
// is made where there is none. The site must outlive what comes back.
Result<SiteAccess> open_access(const Site& site);

}  // namespace purse
