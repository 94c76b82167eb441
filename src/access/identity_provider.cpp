#include "access/identity_provider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "access/cookies.hpp"
#include "access/json_parts.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::string_view journey_cookie = "__Host-purse-journey";
constexpr std::string_view journey_purpose = "sign-in by the identity provider";
constexpr std::string_view journey_owner = "browser";
constexpr std::int64_t journey_seconds = 600;

Problem refused(std::string says) { return {ProblemKind::forbidden, std::move(says)}; }

Problem out_of_order(std::string_view name, const std::string& why) {
    return {ProblemKind::unavailable,
            fmt::format("signing in with {} does not work at the moment ({}): try again in a "
                        "minute, and tell the administrator if it goes on",
                        name, why)};
}

// RFC 6750, section 2.1: what may stand in a header.
bool is_bearer_token(std::string_view token) {
    return !token.empty() &&
           std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

IdentityProvider::IdentityProvider(OpenIdSettings settings, SiteKey key, Ask ask)
    : settings_(std::move(settings)), key_(key), ask_(std::move(ask)) {}

Result<std::string> IdentityProvider::document_at(const std::string& address,
                                                  std::string_view what) const {
    const auto answer = ask_({.address = address,
                              .form = {},
                              .headers = {"Accept: application/json"},
                              .authorities = settings_.authorities});
    if (!answer) return answer.problem();
    if (answer->status != 200) {
        return Problem{ProblemKind::unavailable,
                       fmt::format("its {} is answered with {}", what, answer->status)};
    }
    return answer->body;
}

Result<OpenIdProvider> IdentityProvider::provider(Instant now) {
    const std::lock_guard lock(mutex_);
    if (provider_ && now - provider_fetched_ < kept_seconds) return *provider_;
    if (failed_ && now - failed_at_ < pause_seconds) return *failed_;
    const auto text = document_at(discovery_address(settings_.issuer), "configuration");
    auto fetched = text ? parse_provider(*text, settings_) : Result<OpenIdProvider>(text.problem());
    if (fetched) {
        provider_ = *fetched;
        provider_fetched_ = now;
        failed_.reset();
        return *provider_;
    }
    failed_ = out_of_order(settings_.name, fetched.problem().says);
    failed_at_ = now;
    return *failed_;
}

Result<KeySet> IdentityProvider::keys(const OpenIdProvider& provider, Instant now, bool again) {
    const std::lock_guard lock(mutex_);
    const std::int64_t age = now - keys_fetched_;
    if (keys_ && age < (again ? keys_again_seconds : kept_seconds)) return *keys_;
    const auto text = document_at(provider.keys, "key set");
    auto fetched = text ? KeySet::parse(*text) : Result<KeySet>(text.problem());
    if (!fetched) return out_of_order(settings_.name, fetched.problem().says);
    keys_ = *fetched;
    keys_fetched_ = now;
    return *keys_;
}

Result<IdentityProvider::Departure> IdentityProvider::depart(std::string_view page, Instant now) {
    const auto known = provider(now);
    if (!known) return known.problem();
    const OpenIdAttempt attempt = new_open_id_attempt(settings_, *known);
    const std::string sealed =
        key_.seal(journey_purpose, journey_owner,
                  json::serialize(json::object{{"state", attempt.state},
                                               {"nonce", attempt.nonce},
                                               {"verifier", attempt.verifier},
                                               {"page", own_page(page)},
                                               {"left", now.seconds()}}));
    return Departure{.address = attempt.address,
                     .cookie = set_cookie(journey_cookie, sealed, journey_seconds)};
}

Result<IdentityProvider::Journey> IdentityProvider::journey_of(const ProviderAnswer& answer,
                                                               std::string_view cookie_header,
                                                               Instant now) const {
    const auto opened =
        key_.open(journey_purpose, journey_owner, cookie_in(cookie_header, journey_cookie));
    boost::system::error_code fault;
    const json::value carried = json::parse(opened.value_or(""), fault);
    if (fault || !carried.is_object()) {
        return refused("this sign-in was not begun in this browser, or long ago: begin again");
    }
    const json::object& all = carried.as_object();
    const json::value* left = all.if_contains("left");
    if (left == nullptr || !left->is_int64() ||
        now.seconds() - left->as_int64() > journey_seconds) {
        return refused("this sign-in took too long: begin again");
    }
    Journey journey{.attempt = {.state = text_in(all, "state"),
                                .nonce = text_in(all, "nonce"),
                                .verifier = text_in(all, "verifier"),
                                .address = {}},
                    .page = own_page(text_in(all, "page"))};
    if (journey.attempt.state.empty() || !same_secret(journey.attempt.state, answer.state)) {
        return refused(
            "this is the answer to another sign-in than the one begun last in this "
            "browser: begin again");
    }
    return journey;
}

std::string IdentityProvider::cookie_of_no_journey() { return set_cookie(journey_cookie, "", 0); }

Result<OpenIdTokens> IdentityProvider::tokens_for(const OpenIdProvider& provider,
                                                  const std::string& code,
                                                  const OpenIdAttempt& attempt, Instant now) const {
    const auto request = token_request(settings_, provider, attempt.verifier, code, now);
    if (!request) return request.problem();
    const auto answer = ask_(*request);
    if (!answer) return out_of_order(settings_.name, answer.problem().says);
    if (answer->status == 400) {
        // RFC 6749, section 5.2: mostly invalid_grant, a code that is spent or too old.
        return refused(settings_.name + " does not take its own code back any more: begin again");
    }
    if (answer->status != 200) {
        return out_of_order(settings_.name,
                            fmt::format("the code is answered with {}", answer->status));
    }
    auto tokens = parse_tokens(answer->body);
    if (!tokens) return out_of_order(settings_.name, tokens.problem().says);
    return tokens;
}

Result<std::string> IdentityProvider::claims_for(const ProviderAnswer& answer,
                                                 const Journey& journey, Instant now) {
    const auto known = provider(now);
    if (!known) return known.problem();
    // RFC 9207: an answer of another provider, mixed in, names that one.
    if ((known->names_itself || !answer.issuer.empty()) && answer.issuer != settings_.issuer) {
        return refused("this answer comes from another identity provider: begin again");
    }
    if (!answer.error.empty() || answer.code.empty()) {
        return refused(answer.error == "access_denied"
                           ? "you did not sign in with " + settings_.name
                           : settings_.name +
                                 " did not let you in: begin again, and tell the "
                                 "administrator if it goes on");
    }
    const auto tokens = tokens_for(*known, answer.code, journey.attempt, now);
    if (!tokens) return tokens.problem();
    auto claims = Result<std::string>(not_found("no keys yet"));
    for (const bool again : {false, true}) {
        const auto published = keys(*known, now, again);
        if (!published) return published.problem();
        claims =
            checked_claims(tokens->id_token, *published, settings_, journey.attempt.nonce, now);
        if (claims || claims.problem().kind != ProblemKind::not_found) break;
    }
    if (!claims) return refused(claims.problem().says);
    if (!settings_.asks_user_info) return claims;
    if (!is_bearer_token(tokens->access_token)) {
        return out_of_order(settings_.name, "it gives no access token");
    }
    const auto more = ask_(
        {.address = known->user_info_endpoint,
         .form = {},
         .headers = {"Accept: application/json", "Authorization: Bearer " + tokens->access_token},
         .authorities = settings_.authorities});
    if (!more) return out_of_order(settings_.name, more.problem().says);
    if (more->status != 200) {
        return out_of_order(settings_.name,
                            fmt::format("what it knows of you is answered with {}", more->status));
    }
    return with_user_info(*claims, more->body);
}

std::string own_page(std::string_view asked) {
    constexpr std::size_t longest = 500;
    const bool is_path = asked.starts_with('/') && !asked.starts_with("//") &&
                         !asked.starts_with("/api/") && asked.size() <= longest;
    const auto plain = [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
               c != '\\';
    };
    return is_path && std::ranges::all_of(asked, plain) ? std::string(asked) : "/";
}

}  // namespace purse
