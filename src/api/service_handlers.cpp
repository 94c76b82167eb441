#include <boost/json.hpp>

#include "api/handlers.hpp"

namespace purse {

namespace {

boost::json::value demonstration_day(const Site& site) {
    const auto& day = site.settings().demonstration_day;
    return day ? boost::json::value(to_text(*day)) : boost::json::value(nullptr);
}

}  // namespace

// Asks the register too: a server that cannot read it is of no use.
Result<HttpResponse> tell_health(Office& office, const Asked& /*asked*/) {
    (void)office.site.decisions().setting("commissioner");
    return json_response(boost::json::serialize(
        boost::json::object{{"status", "ok"},
                            {"version", office.version},
                            {"demonstration_day", demonstration_day(office.site)},
                            {"jobs_waiting", office.jobs.waiting()},
                            {"requests_waiting", office.requests_waiting()}}));
}

Result<HttpResponse> tell_metrics(Office& office, const Asked& /*asked*/) {
    HttpResponse response = json_response(office.metrics.as_text());
    response.content_type = "text/plain; version=0.0.4";
    return response;
}

}  // namespace purse
