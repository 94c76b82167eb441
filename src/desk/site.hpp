// A site is one commissioner's Purse: a folder with purse.toml, the register, the records, the
// price lists, and the key of the pseudonyms. Every use case starts from an open Site.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/pseudonym.hpp"
#include "base/result.hpp"
#include "calendar/date.hpp"
#include "organisation/codes.hpp"
#include "register/register.hpp"
#include "warehouse/database.hpp"

namespace purse {

struct SiteSettings {
    CommissionerCode commissioner;
    std::string name;
    std::vector<CommissionerCode>
        also_ours;  // predecessors whose practices are the commissioner's too
    std::string register_address = "register.db";
    int threads = 0;  // 0: one a core
    std::int64_t memory_mib = 3072;
    // Of a site that is shown for demonstration: the day that it is there (docs/site.md).
    std::optional<Date> demonstration_day;
};

// Reads purse.toml; the problem names the file, the line and the key.
Result<SiteSettings> read_site_settings(const std::filesystem::path& file);
void write_site_settings(const SiteSettings& settings, const std::filesystem::path& file);

class Site {
  public:
    // Makes the folder, purse.toml, the register, the records folder and the pseudonym key. Refuses
    // a folder that is a site already.
    static Result<Site> create(const std::filesystem::path& folder, const SiteSettings& settings);
    static Result<Site> open(const std::filesystem::path& folder);
    // The nearest folder with a purse.toml, from `start` upwards.
    static Result<std::filesystem::path> nearest(const std::filesystem::path& start);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] const SiteSettings& settings() const { return settings_; }
    [[nodiscard]] Register& decisions() { return *register_; }
    [[nodiscard]] const Register& decisions() const { return *register_; }
    // The same site in somebody's name (Register::acting_for).
    [[nodiscard]] Site acting_for(Actor actor) const;
    // The site's clock, for what is decided and done with the figures: the real one, or the
    // demonstration's day at the real time of day. Sessions, the audit trail and logs have the
    // real one always (now_utc).
    [[nodiscard]] std::string now() const;  // "2017-07-14T09:30:00Z"
    [[nodiscard]] Date today() const;
    // From now on another day, up to the demonstration's; a site that is none refuses.
    [[nodiscard]] Outcome go_to(Date day);
    [[nodiscard]] Result<PseudonymKey> pseudonym_key() const;
    [[nodiscard]] std::filesystem::path access_key_file() const { return folder_ / "access.key"; }
    [[nodiscard]] std::filesystem::path outbox_folder() const { return folder_ / "outbox"; }

    [[nodiscard]] std::filesystem::path records_folder() const { return folder_ / "records"; }
    [[nodiscard]] std::filesystem::path tariff_folder() const { return folder_ / "tariffs"; }
    [[nodiscard]] std::filesystem::path staging_folder() const { return folder_ / "staging"; }
    [[nodiscard]] std::filesystem::path closings_folder() const { return folder_ / "closings"; }
    [[nodiscard]] std::filesystem::path rejects_folder() const { return folder_ / "rejects"; }
    [[nodiscard]] std::filesystem::path local_prices_file() const {
        return folder_ / "local" / "prices.csv";
    }
    [[nodiscard]] std::filesystem::path local_market_forces_file() const {
        return folder_ / "local" / "market_forces_factors.csv";
    }
    [[nodiscard]] std::filesystem::path local_baselines_file() const {
        return folder_ / "local" / "emergency_baselines.csv";
    }
    [[nodiscard]] std::filesystem::path local_commitments_file() const {
        return folder_ / "local" / "commitments.csv";
    }
    // The site's own rules, if it has any: its <year>/pricing.toml come before Purse's, year by
    // year.
    [[nodiscard]] std::filesystem::path own_rules_folder() const { return folder_ / "rules"; }
    // All other rules: the site's own folder where it is a whole one, else Purse's.
    [[nodiscard]] std::filesystem::path rules_folder() const;
    [[nodiscard]] int threads() const;
    [[nodiscard]] DatabaseLimits database_limits() const;

  private:
    Site(std::filesystem::path folder, SiteSettings settings, Register decisions);
    std::filesystem::path folder_;
    SiteSettings settings_;
    std::unique_ptr<Register> register_;
};

// The rules that came with the program: PURSE_RULES, beside the installed program, or the source
// tree.
std::filesystem::path shipped_rules_folder();

}  // namespace purse
