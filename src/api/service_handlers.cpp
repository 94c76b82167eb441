#include <boost/json.hpp>

#include "api/handlers.hpp"

namespace purse {

// Asks the register too: a server that cannot read it is of no use.
Result<HttpResponse> tell_health(Office& office, const Asked& /*asked*/) {
    (void)office.site.decisions().setting("commissioner");
    return json_response(boost::json::serialize(
        boost::json::object{{"status", "ok"},
                            {"version", office.version},
                            {"jobs_waiting", office.jobs.waiting()},
                            {"requests_waiting", office.requests_waiting()}}));
}

Result<HttpResponse> tell_metrics(Office& office, const Asked& /*asked*/) {
    HttpResponse response = json_response(office.metrics.as_text());
    response.content_type = "text/plain; version=0.0.4";
    return response;
}

}  // namespace purse
