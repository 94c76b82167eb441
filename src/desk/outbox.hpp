// The site's outbox: every letter to somebody is a file there first, whole or not at all. Where
// purse.toml has [mail] the server sends it on (mail_carrier.hpp); else a mail system picks it up.
#pragma once

#include <filesystem>

#include "access/accounts.hpp"
#include "calendar/instant.hpp"
#include "desk/site.hpp"

namespace purse {

// Puts a letter into the outbox as an .eml file of mode 600, and returns at once; sending is not
// waited for. Gives the file's path. Subject and text may hold any UTF-8.
Result<std::filesystem::path> post(const Site& site, const Message& message, Instant at);

}  // namespace purse
