// What every request is answered from: one site, who may do what on it, its opened months, and the
// jobs that run.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "access/identity_provider.hpp"
#include "api/directory.hpp"
#include "api/idempotency.hpp"
#include "api/jobs.hpp"
#include "api/kept_benchmarks.hpp"
#include "api/kept_derivations.hpp"
#include "api/kept_prescribing.hpp"
#include "api/kept_variances.hpp"
#include "api/metrics.hpp"
#include "api/opened_months.hpp"
#include "api/static_files.hpp"
#include "desk/site.hpp"
#include "desk/site_access.hpp"

namespace purse {

struct Office {
    Office(Site its_site, SiteAccess its_access)
        : site(std::move(its_site)),
          access(std::move(its_access)),
          keys(site.decisions(), access.key) {}

    Site site;
    SiteAccess access;
    StaticFiles pages;
    std::string version;
    std::uint64_t largest_upload = 0;  // bytes
    std::string own_address;           // "https://purse.example": where links in messages lead
    std::function<std::size_t()> requests_waiting = [] { return std::size_t{0}; };
    OpenedMonths months;
    Directory directory;
    KeptDerivations derivations;
    KeptVariances variances;
    KeptBenchmarks benchmarks;
    KeptPrescribing prescribing;
    IdempotencyKeys keys;
    std::unique_ptr<IdentityProvider> provider;  // none: people sign in by password only
    // Sign-ins that wait for the provider: a slow one must not keep every worker waiting.
    std::atomic<int> at_the_provider = 0;
    int most_at_the_provider = 2;
    Metrics metrics;
    Jobs jobs;  // last: it is stopped first

    // Opens the site, its accounts and, where its settings name one, its identity provider.
    static Result<std::unique_ptr<Office>> open(const std::filesystem::path& folder);
    // The site in the name of who asks.
    [[nodiscard]] Site site_for(const struct Asked& asked) const;
};

// A request on its way to its handler.
struct Asked {
    const HttpRequest& request;
    std::map<std::string, std::string> in_path;  // "practice": "Y00001"
    Visit visit;
    Date day;                               // the site's (a demonstration's is not the real one)
    std::string token;                      // of the session's cookie
    std::optional<CurrentSession> session;  // of all but public routes

    [[nodiscard]] const Person& person() const { return session->person; }
    [[nodiscard]] Actor actor() const { return actor_of(session->person, visit); }
    [[nodiscard]] Date today() const { return day; }

    // What stands in the path and the query, as what it is.
    [[nodiscard]] Result<PracticeCode> practice() const;
    [[nodiscard]] Result<FinancialYear> year() const;
    [[nodiscard]] Result<Month> month() const;                                 // in the path
    [[nodiscard]] Result<std::optional<Month>> month_asked() const;            // ?month=
    [[nodiscard]] Result<std::int64_t> number(const std::string& name) const;  // in the path
    [[nodiscard]] std::string text(const std::string& name) const;             // ?name=, or ""
    [[nodiscard]] Result<std::size_t> count(const std::string& name, std::size_t least,
                                            std::size_t most, std::size_t otherwise) const;
};

Outcome may(const Office& office, const Asked& asked, Action action);
bool sees_small_counts(const Office& office, const Asked& asked);
// What has counts and pounds of few records in every part, and is shown whole or not at all.
Outcome may_see_small_counts(const Office& office, const Asked& asked);

using Opened = std::shared_ptr<const OpenedMonth>;
// The closed month that ?month= names; the latest where it names none.
Result<Opened> opened_month(Office& office, const Asked& asked);

}  // namespace purse
