#include "api/idempotency.hpp"

#include <boost/json.hpp>

#include "api/problem_response.hpp"
#include "base/check.hpp"
#include "base/digest.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::string_view purpose = "kept answer";

// An upload's bytes are not in it: the load itself knows the same file again.
std::string digest_of_request(const HttpRequest& request) {
    std::string all = request.method;
    for (const std::string& segment : request.target.segments) all += "/" + segment;
    for (const auto& [name, value] : request.target.query) all += "\n" + name + "=" + value;
    return digest_of(all + "\n\n" + request.body);
}

std::string as_text(const HttpResponse& response) {
    // Changes are answered with a body or without, never with a file or a job's events.
    CHECK(response.file.empty() && response.follow_job == 0);
    json::array headers;
    for (const auto& [name, value] : response.headers) headers.push_back({name, value});
    return json::serialize(json::object{{"status", response.status},
                                        {"type", response.content_type},
                                        {"headers", std::move(headers)},
                                        {"body", response.body ? *response.body : ""}});
}

HttpResponse from_text(const std::string& text) {
    const json::object all = json::parse(text).as_object();
    HttpResponse response;
    response.status = static_cast<int>(all.at("status").as_int64());
    response.content_type = all.at("type").as_string();
    for (const json::value& header : all.at("headers").as_array()) {
        response.with(std::string(header.as_array().at(0).as_string()),
                      std::string(header.as_array().at(1).as_string()));
    }
    const json::string& body = all.at("body").as_string();
    if (!body.empty()) response.body = std::make_shared<const std::string>(body);
    return response;
}

}  // namespace

IdempotencyKeys::IdempotencyKeys(Register& decisions, SiteKey key)
    : decisions_(&decisions), key_(key), server_(random_token()) {}

std::string IdempotencyKeys::hash_of(const std::string& person, const HttpRequest& request) const {
    return key_.hash(purpose, person + "\n" + std::string(request.header("idempotency-key")));
}

std::optional<HttpResponse> IdempotencyKeys::begin(const std::string& person,
                                                   const HttpRequest& request, Instant now) {
    if (request.header("idempotency-key").empty()) return std::nullopt;
    const KeptAnswer begun{.key_hash = hash_of(person, request),
                           .request_hash = digest_of_request(request),
                           .server = server_,
                           .begun_at = to_text(now),
                           .answer = ""};
    const auto before = decisions_->begin_kept(begun, to_text(now - kept_seconds));
    if (!before) return std::nullopt;
    const auto refused = [&](const char* says) {
        return problem_response(conflict(says), request.id);
    };
    if (before->request_hash != begun.request_hash) {
        return refused("this Idempotency-Key was used for another request");
    }
    if (before->answer.empty()) {
        return refused(before->server == server_
                           ? "the request with this Idempotency-Key still runs"
                           : "the server stopped while the request with this Idempotency-Key ran: "
                             "look whether it was done, and if not send it with another key");
    }
    const auto answer = key_.open(purpose, begun.key_hash, before->answer);
    if (!answer) return refused("the answer to this Idempotency-Key was sealed by another key");
    return from_text(*answer);
}

void IdempotencyKeys::finish(const std::string& person, const HttpRequest& request,
                             const HttpResponse& response) {
    if (request.header("idempotency-key").empty()) return;
    const std::string hash = hash_of(person, request);
    if (response.status >= 400) return decisions_->forget_kept(hash);
    decisions_->finish_kept(hash, key_.seal(purpose, hash, as_text(response)));
}

}  // namespace purse
