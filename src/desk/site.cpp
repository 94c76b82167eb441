#include "desk/site.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <thread>

#include "base/shipped.hpp"
#include "desk/clock.hpp"

namespace purse {

namespace fs = std::filesystem;

namespace {

// A SQLite register stands in the site's folder unless its path is absolute.
Result<RegisterAddress> address_in(const fs::path& folder, const std::string& text) {
    auto address = RegisterAddress::parse(text);
    if (!address || address->kind() != RegisterKind::sqlite) return address;
    return RegisterAddress::of_file(folder / address->file());
}

}  // namespace

Site::Site(fs::path folder, SiteSettings settings, Register decisions)
    : folder_(std::move(folder)),
      settings_(std::move(settings)),
      register_(std::make_unique<Register>(std::move(decisions))) {}

Result<Site> Site::create(const fs::path& folder, const SiteSettings& settings) {
    if (fs::exists(folder / "purse.toml")) {
        return conflict(fmt::format("{} is a Purse site already", folder.string()));
    }
    const auto address = address_in(folder, settings.register_address);
    if (!address) return address.problem();
    for (const char* part : {"records", "tariffs", "staging", "closings", "rejects", "local"}) {
        fs::create_directories(folder / part);
    }
    auto decisions = Register::create(*address);
    if (!decisions) return decisions.problem();
    decisions->set_setting("commissioner", settings.commissioner.text());
    decisions->set_setting("name", settings.name);
    const fs::path key = folder / "pseudonym.key";
    if (!fs::exists(key)) {
        if (const auto made = PseudonymKey::create(key); !made) return made.problem();
    }
    // Last: a folder without purse.toml is no site, so a broken start can be made again.
    write_site_settings(settings, folder / "purse.toml");
    return Site(folder, settings, std::move(*decisions));
}

Result<Site> Site::open(const fs::path& folder) {
    if (!fs::exists(folder / "purse.toml")) {
        return not_found(
            fmt::format("{} is not a Purse site (it has no purse.toml): make one with 'purse init'",
                        folder.string()));
    }
    auto settings = read_site_settings(folder / "purse.toml");
    if (!settings) return settings.problem();
    const auto address = address_in(folder, settings->register_address);
    if (!address) return address.problem();
    auto decisions = Register::open(*address);
    if (!decisions) return decisions.problem();
    return Site(folder, *settings, std::move(*decisions));
}

Result<fs::path> Site::nearest(const fs::path& start) {
    for (fs::path at = fs::absolute(start);; at = at.parent_path()) {
        if (fs::exists(at / "purse.toml")) return at;
        if (at == at.parent_path()) break;
    }
    return not_found(
        fmt::format("no Purse site here or above {}: go to the site's folder, name it with --site, "
                    "or make one with 'purse init'",
                    fs::absolute(start).string()));
}

Site Site::acting_for(Actor actor) const {
    return Site(folder_, settings_, register_->acting_for(std::move(actor)));
}

std::string Site::now() const {
    std::string real = now_utc();
    if (!settings_.demonstration_day) return real;
    return to_text(*settings_.demonstration_day) + real.substr(to_text(Date()).size());
}

Date Site::today() const { return parse_date(now().substr(0, 10)).value(); }

Outcome Site::go_to(Date day) {
    if (!settings_.demonstration_day) {
        return bad_input(
            "only a site for demonstration goes by another day than today: see [clock] in "
            "docs/site.md");
    }
    if (*settings_.demonstration_day < day) {
        return bad_input(fmt::format("it is {} on this site: {} is still to come",
                                     in_words(*settings_.demonstration_day), in_words(day)));
    }
    settings_.demonstration_day = day;
    return Nothing{};
}

Result<PseudonymKey> Site::pseudonym_key() const {
    return PseudonymKey::from_file(folder_ / "pseudonym.key");
}

fs::path Site::rules_folder() const {
    // A folder with price rules only adds to Purse's own (own_rules_folder); a whole one takes
    // their place.
    const fs::path own = own_rules_folder();
    return fs::is_regular_file(own / "validation.toml") ? own : shipped_rules_folder();
}

int Site::threads() const {
    if (settings_.threads > 0) return settings_.threads;
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

DatabaseLimits Site::database_limits() const {
    return {.threads = threads(),
            .memory_bytes = static_cast<std::size_t>(settings_.memory_mib) << 20,
            .spill_folder = staging_folder() / "spill"};
}

fs::path shipped_rules_folder() {
    if (const char* named = std::getenv("PURSE_RULES")) return named;
    return shipped("share/purse/rules", "rules");
}

}  // namespace purse
