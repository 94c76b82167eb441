#include "api/problem_response.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/check.hpp"

namespace purse {

namespace {

struct KindRow {
    ProblemKind kind;
    int status;
    std::string_view type, title;
};

constexpr std::array kinds = {
    KindRow{ProblemKind::bad_input, 400, "bad-input", "Something given is wrong"},
    KindRow{ProblemKind::not_found, 404, "not-found", "There is no such thing"},
    KindRow{ProblemKind::conflict, 409, "conflict", "The state of the site does not allow it"},
    KindRow{ProblemKind::forbidden, 403, "forbidden", "Not allowed"},
    KindRow{ProblemKind::not_signed_in, 401, "not-signed-in", "Nobody is signed in"},
    KindRow{ProblemKind::too_many, 429, "too-many", "Too many attempts"},
    KindRow{ProblemKind::unavailable, 503, "unavailable", "Not to be had now"},
};

struct FaultRow {
    HttpFault fault;
    int status;
    std::string_view type, title;
};

constexpr std::array faults = {
    FaultRow{HttpFault::method_not_allowed, 405, "method", "Not a method of this address"},
    FaultRow{HttpFault::changed_meanwhile, 412, "changed-meanwhile", "Changed since it was read"},
    FaultRow{HttpFault::if_match_needed, 428, "if-match-needed", "If-Match is missing"},
    FaultRow{HttpFault::too_large, 413, "too-large", "Too large"},
    FaultRow{HttpFault::wrong_media_type, 415, "media-type", "Another media type is needed"},
    FaultRow{HttpFault::second_factor, 401, "second-factor", "The one-time code is needed"},
    FaultRow{HttpFault::headers_too_big, 431, "headers", "The request's headers are too big"},
    FaultRow{HttpFault::too_busy, 503, "too-busy", "Too busy"},
    FaultRow{HttpFault::internal, 500, "internal", "A fault of ours"},
};

const KindRow& row_of(ProblemKind kind) {
    const auto* found = std::ranges::find(kinds, kind, &KindRow::kind);
    CHECK(found != kinds.end());
    return *found;
}

const FaultRow& row_of(HttpFault fault) {
    const auto* found = std::ranges::find(faults, fault, &FaultRow::fault);
    CHECK(found != faults.end());
    return *found;
}

template <class Row>
std::string json_of(const Row& row, std::string_view says, std::string_view request_id) {
    return boost::json::serialize(
        boost::json::object{{"type", "/problems/" + std::string(row.type)},
                            {"title", row.title},
                            {"status", row.status},
                            {"detail", says},
                            {"request_id", request_id}});
}

template <class Row>
HttpResponse response_of(const Row& row, std::string_view says, std::string_view request_id) {
    HttpResponse response = json_response(json_of(row, says, request_id), row.status);
    response.content_type = "application/problem+json";
    if (row.status == 503) response.with("Retry-After", "1");
    if (row.status == 429) response.with("Retry-After", "60");
    return response;
}

}  // namespace

int http_status(ProblemKind kind) { return row_of(kind).status; }
int http_status(HttpFault fault) { return row_of(fault).status; }

HttpResponse problem_response(const Problem& problem, std::string_view request_id) {
    return response_of(row_of(problem.kind), problem.says, request_id);
}

HttpResponse problem_response(HttpFault fault, std::string_view says, std::string_view request_id) {
    return response_of(row_of(fault), says, request_id);
}

std::string problem_json(const Problem& problem, std::string_view request_id) {
    return json_of(row_of(problem.kind), problem.says, request_id);
}

}  // namespace purse
