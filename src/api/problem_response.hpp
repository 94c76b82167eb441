// A problem as HTTP tells it: application/problem+json (RFC 9457), its status from one table.
#pragma once

#include <string>
#include <string_view>

#include "api/message.hpp"
#include "base/problem.hpp"

namespace purse {

// Problems that only HTTP has, beside the house's own kinds.
enum class HttpFault : unsigned char {
    method_not_allowed,
    changed_meanwhile,  // If-Match names another state
    if_match_needed,
    too_large,
    wrong_media_type,
    second_factor,    // sign in again with the one-time code
    headers_too_big,  // or the request cannot be read
    too_busy,         // with Retry-After
    internal,         // a fault of ours; the log has the request's id
};

int http_status(ProblemKind kind);
int http_status(HttpFault fault);

HttpResponse problem_response(const Problem& problem, std::string_view request_id);
HttpResponse problem_response(HttpFault fault, std::string_view says, std::string_view request_id);
// As it stands in a job that failed.
std::string problem_json(const Problem& problem, std::string_view request_id);

}  // namespace purse
