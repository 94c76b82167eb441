#include "api/front_door.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>
#include <exception>

#include "api/compressed.hpp"
#include "api/problem_response.hpp"
#include "desk/clock.hpp"

namespace purse {

namespace {

bool changes_something(std::string_view method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

bool is_under_api(const HttpRequest& request) {
    const auto& segments = request.target.segments;
    return !segments.empty() && segments.front() == "api";
}

Problem forbidden(std::string says) { return {ProblemKind::forbidden, std::move(says)}; }

Outcome check_this_machine(const HttpRequest& request) {
    const bool local = request.address.starts_with("127.") || request.address == "::1";
    const bool through_a_proxy =
        !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty();
    if (local && !through_a_proxy) return Nothing{};
    return forbidden("this is told on the server's own machine only");
}

Visit visit_of(const HttpRequest& request) {
    return {parse_instant(now_utc()).value(), request.address};
}

// What failed (a disk, the database) is for the log and whoever reads it, by the request's number.
HttpResponse unavailable(const std::exception& fault, const std::string& id) {
    fmt::print(stderr, "{}\n",
               boost::json::serialize(boost::json::object{
                   {"at", now_utc()}, {"request", id}, {"fault", fault.what()}}));
    return problem_response(
        Problem{ProblemKind::unavailable,
                "Purse cannot reach its register or its disk just now. Nothing that you typed is "
                "lost: try again in a moment, and tell whoever runs Purse if it lasts"},
        id);
}

std::optional<HttpResponse> wrong_media_type(const Route& route, const HttpRequest& request) {
    if (route.body == BodyKind::none) return std::nullopt;
    const std::string_view wanted =
        route.body == BodyKind::json ? "application/json" : "application/octet-stream";
    const std::string_view given = request.header("content-type");
    if (given.substr(0, given.find(';')) == wanted) return std::nullopt;
    return problem_response(HttpFault::wrong_media_type, fmt::format("send the body as {}", wanted),
                            request.id);
}

}  // namespace

// Browsers send Origin with every request that changes something; other programs need not. What is
// compared is the host that the caller asked for, so that a proxy that ends TLS changes nothing.
Outcome check_origin(const HttpRequest& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") {
        return forbidden("the request comes from another site");
    }
    std::string_view origin = request.header("origin");
    if (origin.empty()) return Nothing{};
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("host")) {
        return forbidden("the request comes from another site");
    }
    return Nothing{};
}

BodyKind FrontDoor::body_of(const HttpRequest& request) {
    const Matched matched = match(request.method, request.target);
    return matched.route == nullptr ? BodyKind::none : matched.route->body;
}

std::string FrontDoor::route_name(const HttpRequest& request) {
    const Matched matched = match(request.method, request.target);
    if (matched.route != nullptr) return std::string(matched.route->name);
    return is_under_api(request) ? "unknown" : "pages";
}

Outcome FrontDoor::check_session(const Route& route, Asked& asked) {
    auto session = office_.access.accounts.session(asked.token, asked.visit);
    if (!session) return session.problem();
    asked.session = *std::move(session);
    if (changes_something(asked.request.method)) {
        const auto csrf =
            office_.access.accounts.check_csrf(asked.token, asked.request.header("x-csrf-token"));
        if (!csrf) return csrf;
    }
    return route.action ? may(office_, asked, *route.action) : Outcome(Nothing{});
}

Result<Asked> FrontDoor::admitted(const HttpRequest& request, Matched matched) {
    Asked asked{request,
                std::move(matched.in_path),
                visit_of(request),
                office_.site.today(),
                Accounts::token_in(request.header("cookie")),
                std::nullopt};
    const Route& route = *matched.route;
    if (changes_something(request.method)) {
        if (const auto origin = check_origin(request); !origin) return origin.problem();
    }
    Outcome entry = Nothing{};
    if (route.entry == Entry::this_machine) entry = check_this_machine(request);
    if (route.entry == Entry::signed_in || route.entry == Entry::with_permission) {
        entry = check_session(route, asked);
    }
    if (!entry) return entry.problem();
    return asked;
}

std::optional<HttpResponse> FrontDoor::refuse_upload(const HttpRequest& request) {
    try {
        Matched matched = match(request.method, request.target);
        if (auto refused = wrong_media_type(*matched.route, request)) return refused;
        const auto asked = admitted(request, std::move(matched));
        if (!asked) return problem_response(asked.problem(), request.id);
        return std::nullopt;
    } catch (const std::exception& fault) {
        return unavailable(fault, request.id);
    }
}

// Faults of the world (disk, database) end here, for every request.
HttpResponse FrontDoor::handled(const Route& route, const Asked& asked) {
    const std::string& id = asked.request.id;
    try {
        const auto given = route.handler(office_, asked);
        return given ? *given : problem_response(given.problem(), id);
    } catch (const std::exception& fault) {
        return unavailable(fault, id);
    }
}

Result<HttpResponse> FrontDoor::answered(const HttpRequest& request) {
    Matched matched = match(request.method, request.target);
    if (matched.route == nullptr) {
        if (matched.other_methods) {
            return problem_response(HttpFault::method_not_allowed,
                                    "the address has other methods: see api/openapi.yaml",
                                    request.id);
        }
        if (is_under_api(request)) return not_found("there is no such address");
        if (request.method == "GET" || request.method == "HEAD") {
            return office_.pages.serve(request);
        }
        return problem_response(HttpFault::method_not_allowed, "pages are only read", request.id);
    }
    const Route& route = *matched.route;
    const auto asked = admitted(request, std::move(matched));
    if (!asked) return asked.problem();
    if (auto refused = wrong_media_type(route, request)) return *std::move(refused);
    if (!asked->session || !changes_something(request.method)) {
        return handled(route, *asked);
    }
    const std::string& person = asked->person().name;
    if (auto before = office_.keys.begin(person, request, asked->visit.at))
        return *std::move(before);
    const auto given = handled(route, *asked);
    office_.keys.finish(person, request, given);
    return given;
}

HttpResponse FrontDoor::answer(const HttpRequest& request) {
    try {
        const auto given = answered(request);
        if (given) return compressed_for(request, *given);
        return problem_response(given.problem(), request.id);
    } catch (const std::exception& fault) {
        return unavailable(fault, request.id);
    }
}

}  // namespace purse
