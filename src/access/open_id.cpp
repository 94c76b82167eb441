#include "access/open_id.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "access/site_key.hpp"

namespace purse {

namespace {

namespace json = boost::json;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string in_a_form(const std::vector<std::pair<std::string_view, std::string>>& fields) {
    std::string form;
    for (const auto& [name, value] : fields) {
        form += fmt::format("{}{}={}", form.empty() ? "" : "&", name, percent_encoded(value));
    }
    return form;
}

Problem no_good(std::string_view why) {
    return {ProblemKind::forbidden,
            fmt::format("the identity provider's token is not good: {}", why)};
}

// A claim's texts: one, or a list.
std::set<std::string> texts_in(const json::object& claims, std::string_view name) {
    std::set<std::string> texts;
    const json::value* value = claims.if_contains(name);
    if (value == nullptr) return texts;
    if (value->is_string()) texts.insert(std::string(value->as_string()));
    if (!value->is_array()) return texts;
    for (const json::value& one : value->as_array()) {
        if (one.is_string()) texts.insert(std::string(one.as_string()));
    }
    return texts;
}

std::string text_in(const json::object& claims, std::string_view name) {
    const json::value* value = claims.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

// Seconds since 1970; fractions are allowed (RFC 7519) and cut.
std::optional<std::int64_t> time_in(const json::object& claims, std::string_view name) {
    const json::value* value = claims.if_contains(name);
    if (value == nullptr) return std::nullopt;
    constexpr std::int64_t last = 1LL << 40;
    if (value->is_int64() && value->as_int64() >= 0 && value->as_int64() < last) {
        return value->as_int64();
    }
    if (value->is_double() && value->as_double() >= 0 &&
        value->as_double() < static_cast<double>(last)) {
        return static_cast<std::int64_t>(value->as_double());
    }
    return std::nullopt;
}

Outcome is_for_us(const json::object& claims, const OpenIdSettings& settings,
                  std::string_view nonce) {
    if (text_in(claims, "iss") != settings.issuer) return no_good("another issuer gave it");
    const auto audience = texts_in(claims, "aud");
    if (!audience.contains(settings.client)) return no_good("it is for another program");
    const std::string party = text_in(claims, "azp");
    if ((audience.size() > 1 || !party.empty()) && party != settings.client) {
        return no_good("it was given to another program");
    }
    if (nonce.empty() || !same_secret(text_in(claims, "nonce"), nonce)) {
        return no_good("it answers another attempt to sign in");
    }
    return Nothing{};
}

Outcome is_of_now(const json::object& claims, std::int64_t skew, Instant now) {
    const auto expires = time_in(claims, "exp");
    const auto issued = time_in(claims, "iat");
    if (!expires || !issued) return no_good("it does not say when it was given and until when");
    if (now.seconds() >= *expires + skew) return no_good("it has expired: sign in again");
    if (*issued > now.seconds() + skew) return no_good("it is of the future: is the clock right?");
    const auto not_before = time_in(claims, "nbf");
    if (claims.contains("nbf") && (!not_before || *not_before > now.seconds() + skew)) {
        return no_good("it is not good yet: is the clock right?");
    }
    return Nothing{};
}

Result<Role> role_in(const json::object& claims, const OpenIdSettings& settings) {
    std::set<Role> found;
    for (const std::string& value : texts_in(claims, settings.role_claim)) {
        const auto role = settings.roles.find(value);
        if (role != settings.roles.end()) found.insert(role->second);
    }
    if (found.size() == 1) return *found.begin();
    return Problem{ProblemKind::forbidden,
                   found.empty() ? "the identity provider gives you no role in Purse: ask the "
                                   "administrator"
                                 : "the identity provider gives you several roles in Purse: an "
                                   "account has one; ask the administrator"};
}

bool is_https(const std::string& address) { return address.starts_with("https://"); }

}  // namespace

Result<OpenIdProvider> parse_provider(std::string_view text, const OpenIdSettings& settings) {
    boost::system::error_code fault;
    const json::value document = json::parse(text, fault);
    if (fault || !document.is_object()) {
        return bad_input("the identity provider's configuration is no JSON object");
    }
    const json::object& all = document.as_object();
    if (text_in(all, "issuer") != settings.issuer) {
        return bad_input("the identity provider's configuration is of another issuer than " +
                         settings.issuer);
    }
    OpenIdProvider provider{.authorization_endpoint = text_in(all, "authorization_endpoint"),
                            .token_endpoint = text_in(all, "token_endpoint"),
                            .keys = text_in(all, "jwks_uri")};
    if (!is_https(provider.authorization_endpoint) || !is_https(provider.token_endpoint) ||
        !is_https(provider.keys)) {
        return bad_input("the identity provider's addresses must be https://");
    }
    return provider;
}

std::string code_challenge(std::string_view verifier) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(verifier.data()),
                       verifier.size());
    return base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

OpenIdAttempt new_open_id_attempt(const OpenIdSettings& settings, const OpenIdProvider& provider) {
    OpenIdAttempt attempt{.state = random_token(),
                          .nonce = random_token(),
                          .verifier = random_token(),
                          .address = {}};
    const bool has_query = provider.authorization_endpoint.find('?') != std::string::npos;
    attempt.address = provider.authorization_endpoint + (has_query ? "&" : "?") +
                      in_a_form({{"response_type", "code"},
                                 {"client_id", settings.client},
                                 {"redirect_uri", settings.redirect},
                                 {"scope", settings.scope},
                                 {"state", attempt.state},
                                 {"nonce", attempt.nonce},
                                 {"code_challenge", code_challenge(attempt.verifier)},
                                 {"code_challenge_method", "S256"}});
    return attempt;
}

std::string token_request(const OpenIdSettings& settings, const OpenIdAttempt& attempt,
                          std::string_view code) {
    return in_a_form({{"grant_type", "authorization_code"},
                      {"code", std::string(code)},
                      {"redirect_uri", settings.redirect},
                      {"client_id", settings.client},
                      {"code_verifier", attempt.verifier}});
}

Result<OpenIdIdentity> identity_in(std::string_view id_token, const KeySet& keys,
                                   const OpenIdSettings& settings, std::string_view nonce,
                                   Instant now) {
    const auto text = keys.claims_of(id_token);
    if (!text) return text.problem();
    boost::system::error_code fault;
    const json::value document = json::parse(*text, fault);
    if (fault || !document.is_object()) return no_good("its claims cannot be read");
    const json::object& claims = document.as_object();
    if (auto ours = is_for_us(claims, settings, nonce); !ours) return ours.problem();
    if (auto in_time = is_of_now(claims, settings.clock_skew_seconds, now); !in_time) {
        return in_time.problem();
    }
    const std::string subject = text_in(claims, "sub");
    if (subject.empty() || subject.size() > 255) return no_good("it says of nobody");
    const auto role = role_in(claims, settings);
    if (!role) return role.problem();
    const std::string practice = text_in(claims, settings.practice_claim);
    if (is_of_a_practice(*role) && (practice.empty() || packed(practice) == bad_code)) {
        return Problem{ProblemKind::forbidden,
                       "the identity provider does not say of which practice you are"};
    }
    return OpenIdIdentity{
        .subject = subject,
        .full_name = text_in(claims, "name"),
        .email = text_in(claims, "email"),
        .role = *role,
        .practice = is_of_a_practice(*role) ? PracticeCode(practice) : PracticeCode()};
}

}  // namespace purse
