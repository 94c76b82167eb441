#include "access/open_id.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <vector>

#include "access/json_parts.hpp"
#include "access/percent_encoding.hpp"
#include "access/site_key.hpp"

namespace purse {

namespace {

namespace json = boost::json;

using Form = std::vector<std::pair<std::string_view, std::string>>;

std::string in_a_form(const Form& fields) {
    std::string form;
    for (const auto& [name, value] : fields) {
        form += fmt::format("{}{}={}", form.empty() ? "" : "&", name, percent_encoded(value));
    }
    return form;
}

Result<json::object> answered_object(std::string_view text, std::string_view what) {
    auto document = object_in(text);
    if (!document) {
        return bad_input(fmt::format("the identity provider's {} is no JSON object", what));
    }
    return std::move(*document);
}

bool is_loopback(const std::string& address) {
    return address.starts_with("http://127.0.0.1:") || address.starts_with("http://localhost:") ||
           address.starts_with("http://[::1]:");
}

// RFC 6749, section 2.3.1: both parts are encoded as in a form before they are put together.
std::string basic(const OpenIdSettings& settings) {
    const std::string both =
        percent_encoded(settings.client) + ":" + percent_encoded(settings.proof.secret);
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_ENCODED_LEN(both.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(both.data()),
                      both.size(), variant);
    text.pop_back();
    return "Authorization: Basic " + text;
}

}  // namespace

std::string discovery_address(const std::string& issuer) {
    std::string_view base = issuer;
    if (base.ends_with('/')) base.remove_suffix(1);  // OpenID Connect Discovery 1.0, section 4.1
    return std::string(base) + "/.well-known/openid-configuration";
}

Result<OpenIdProvider> parse_provider(std::string_view text, const OpenIdSettings& settings) {
    const auto all = answered_object(text, "configuration");
    if (!all) return all.problem();
    if (text_in(*all, "issuer") != settings.issuer) {
        return bad_input("the identity provider's configuration is of another issuer than " +
                         settings.issuer);
    }
    const json::value* names_itself =
        all->if_contains("authorization_response_iss_parameter_supported");
    OpenIdProvider provider{
        .authorization_endpoint = text_in(*all, "authorization_endpoint"),
        .token_endpoint = text_in(*all, "token_endpoint"),
        .user_info_endpoint = settings.asks_user_info ? text_in(*all, "userinfo_endpoint") : "",
        .keys = text_in(*all, "jwks_uri"),
        .names_itself =
            names_itself != nullptr && names_itself->is_bool() && names_itself->as_bool()};
    const bool plain_is_fine = is_loopback(settings.issuer);
    std::vector<std::string> addresses = {provider.authorization_endpoint, provider.token_endpoint,
                                          provider.keys};
    if (settings.asks_user_info) addresses.push_back(provider.user_info_endpoint);
    for (const std::string& address : addresses) {
        if (address.starts_with("https://") || (plain_is_fine && is_loopback(address))) continue;
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

Result<WebRequest> token_request(const OpenIdSettings& settings, const OpenIdProvider& provider,
                                 std::string_view verifier, std::string_view code, Instant now) {
    WebRequest request{.address = provider.token_endpoint,
                       .form = {},
                       .headers = {"Accept: application/json"},
                       .authorities = settings.authorities};
    Form form = {{"grant_type", "authorization_code"},
                 {"code", std::string(code)},
                 {"redirect_uri", settings.redirect},
                 {"code_verifier", std::string(verifier)}};
    // Basic alone says in its own way which program it is.
    if (settings.proof.kind != ProofKind::client_secret_basic) {
        form.emplace_back("client_id", settings.client);
    }
    switch (settings.proof.kind) {
        case ProofKind::none:
            break;
        case ProofKind::client_secret_basic:
            request.headers.push_back(basic(settings));
            break;
        case ProofKind::client_secret_post:
            form.emplace_back("client_secret", settings.proof.secret);
            break;
        case ProofKind::private_key_jwt: {
            auto assertion =
                client_assertion(settings.proof, settings.client, provider.token_endpoint, now);
            if (!assertion) return assertion.problem();
            form.emplace_back("client_assertion_type",
                              "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.emplace_back("client_assertion", *std::move(assertion));
            break;
        }
    }
    request.form = in_a_form(form);
    return request;
}

Result<OpenIdTokens> parse_tokens(std::string_view text) {
    const auto all = answered_object(text, "answer");
    if (!all) return all.problem();
    OpenIdTokens tokens{text_in(*all, "id_token"), text_in(*all, "access_token")};
    if (tokens.id_token.empty()) return bad_input("the identity provider gives no ID token");
    return tokens;
}

}  // namespace purse
