#include "api/metrics.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace purse {

void Metrics::count(const std::string& route, int status, double seconds) {
    const std::lock_guard lock(mutex_);
    ++requests_[{route, status}];
    Times& times = times_[route];
    for (std::size_t i = 0; i < limits.size(); ++i) {
        if (seconds <= limits.at(i)) ++times.within.at(i);
    }
    ++times.all;
    times.sum += seconds;
}

std::string Metrics::as_text() const {
    const std::lock_guard lock(mutex_);
    std::string out =
        "# HELP purse_requests_total Requests answered, by route and status.\n"
        "# TYPE purse_requests_total counter\n";
    for (const auto& [key, count] : requests_) {
        out += fmt::format("purse_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                           key.second, count);
    }
    out +=
        "# HELP purse_request_seconds Time from a request's header to the end of its answer.\n"
        "# TYPE purse_request_seconds histogram\n";
    for (const auto& [route, times] : times_) {
        for (std::size_t i = 0; i < limits.size(); ++i) {
            out += fmt::format("purse_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                               limits.at(i), times.within.at(i));
        }
        out += fmt::format(
            "purse_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
            "purse_request_seconds_sum{{route=\"{0}\"}} {2}\n"
            "purse_request_seconds_count{{route=\"{0}\"}} {1}\n",
            route, times.all, times.sum);
    }
    return out;
}

std::string log_line(const std::string& at, const std::string& id, const std::string& method,
                     const std::string& route, int status, std::uint64_t bytes, double seconds) {
    return boost::json::serialize(boost::json::object{{"at", at},
                                                      {"id", id},
                                                      {"method", method},
                                                      {"route", route},
                                                      {"status", status},
                                                      {"bytes", bytes},
                                                      {"ms", seconds * 1000}}) +
           "\n";
}

}  // namespace purse
