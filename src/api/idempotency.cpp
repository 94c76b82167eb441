#include "api/idempotency.hpp"

#include <algorithm>

#include "api/problem_response.hpp"
#include "base/digest.hpp"

namespace purse {

namespace {

std::string name_of(const std::string& person, const HttpRequest& request) {
    return person + "\n" + std::string(request.header("idempotency-key"));
}

// An upload's bytes are not in it: the load itself knows the same file again.
std::string digest_of_request(const HttpRequest& request) {
    std::string all = request.method;
    for (const std::string& segment : request.target.segments) all += "/" + segment;
    for (const auto& [name, value] : request.target.query) all += "\n" + name + "=" + value;
    return digest_of(all + "\n\n" + request.body);
}

}  // namespace

std::optional<HttpResponse> IdempotencyKeys::begin(const std::string& person,
                                                   const HttpRequest& request) {
    if (request.header("idempotency-key").empty()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    forget_old(Clock::now());
    const auto [found, is_new] = kept_.try_emplace(
        name_of(person, request), Kept{digest_of_request(request), {}, Clock::now()});
    if (is_new) return std::nullopt;
    if (found->second.request != digest_of_request(request)) {
        return problem_response(conflict("this Idempotency-Key was used for another request"),
                                request.id);
    }
    if (!found->second.answer) {
        return problem_response(conflict("the request with this Idempotency-Key still runs"),
                                request.id);
    }
    return found->second.answer;
}

void IdempotencyKeys::finish(const std::string& person, const HttpRequest& request,
                             const HttpResponse& response) {
    if (request.header("idempotency-key").empty()) return;
    const std::lock_guard lock(mutex_);
    const std::string name = name_of(person, request);
    if (response.status >= 400) {
        kept_.erase(name);
    } else if (const auto found = kept_.find(name); found != kept_.end()) {
        found->second.answer = response;
    }
}

void IdempotencyKeys::forget_old(Clock::time_point now) {
    std::erase_if(
        kept_, [&](const auto& entry) { return now - entry.second.at > std::chrono::hours(24); });
    if (kept_.size() < most_kept) return;
    kept_.erase(
        std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.at; }));
}

}  // namespace purse
