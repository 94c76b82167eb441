// Idempotency keys: a write that is sent again, because its answer got lost, has the first answer
// and is done once. Kept in the register for a day, so that a restart forgets nothing; answers are
// sealed there, as some hold links.
#pragma once

#include <optional>
#include <string>

#include "access/site_key.hpp"
#include "api/message.hpp"
#include "calendar/instant.hpp"
#include "register/register.hpp"

namespace purse {

class IdempotencyKeys {
  public:
    // The register must outlive it.
    IdempotencyKeys(Register& decisions, SiteKey key);

    // Nothing: go on, and `finish` it. Else what to answer instead: the first answer, or a conflict
    // (another request with this key; the first one still runs; a server went down while it ran, so
    // that nobody knows whether it was done).
    std::optional<HttpResponse> begin(const std::string& person, const HttpRequest& request,
                                      Instant now);
    // Keeps the answer; one that failed is forgotten, so that it may be tried again.
    void finish(const std::string& person, const HttpRequest& request,
                const HttpResponse& response);

    static constexpr std::int64_t kept_seconds = std::int64_t{24} * 3600;

  private:
    [[nodiscard]] std::string hash_of(const std::string& person, const HttpRequest& request) const;

    Register* decisions_;
    SiteKey key_;
    std::string server_;  // this run of the server
};

}  // namespace purse
