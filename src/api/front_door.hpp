// What happens to every request before its handler: the route is found, the caller known, the
// origin and the CSRF token checked, the permission asked; and after it: problems become answers,
// faults of the world end here.
#pragma once

#include <optional>

#include "api/http_server.hpp"
#include "api/office.hpp"
#include "api/routes.hpp"

namespace purse {

class FrontDoor {
  public:
    // The office must outlive it.
    explicit FrontDoor(Office& office) : office_(office) {}

    [[nodiscard]] static BodyKind body_of(const HttpRequest& request);
    // All checks of an upload, before its body is read.
    std::optional<HttpResponse> refuse_upload(const HttpRequest& request);
    HttpResponse answer(const HttpRequest& request);
    // Of the route, for the log and the counters: "readStatement", "pages", "unknown".
    [[nodiscard]] static std::string route_name(const HttpRequest& request);

  private:
    HttpResponse handled(const Route& route, const Asked& asked);
    Result<HttpResponse> answered(const HttpRequest& request);
    Result<Asked> admitted(const HttpRequest& request, Matched matched);
    Outcome check_session(const Route& route, Asked& asked);

    Office& office_;
};

// Whether a request that changes something comes from the pages' own origin.
Outcome check_origin(const HttpRequest& request);

}  // namespace purse
