// Signing in through an identity provider: OpenID Connect's authorisation code with PKCE (RFC
// 7636). The pure parts: what is sent, what comes back, who it says they are. Fetching is the
// door's.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "access/signed_token.hpp"
#include "base/result.hpp"
#include "calendar/instant.hpp"
#include "register/accounts.hpp"

namespace purse {

struct OpenIdSettings {
    std::string issuer;    // exactly as the provider writes it
    std::string client;    // our identifier there
    std::string redirect;  // the address that the provider sends people back to
    std::string scope = "openid profile";
    std::string role_claim;             // a text or a list of texts
    std::map<std::string, Role> roles;  // by the claim's value; a value that is not here gives none
    std::string practice_claim;
    std::int64_t clock_skew_seconds = 60;
};

// [oidc] of the site's purse.toml (docs/access.md); nothing where it has none.
Result<std::optional<OpenIdSettings>> read_open_id_settings(const std::filesystem::path& file);

// What the provider publishes at ISSUER/.well-known/openid-configuration.
struct OpenIdProvider {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string keys;  // jwks_uri
};
// Refuses a document of another issuer, and addresses that are not https.
Result<OpenIdProvider> parse_provider(std::string_view json, const OpenIdSettings& settings);

// One attempt to sign in: kept by the door until the provider answers, and used once.
struct OpenIdAttempt {
    std::string state;
    std::string nonce;
    std::string verifier;
    std::string address;  // where the browser is sent
};
OpenIdAttempt new_open_id_attempt(const OpenIdSettings& settings, const OpenIdProvider& provider);
std::string code_challenge(std::string_view verifier);  // S256
// The form that is posted to the token endpoint with the code that came back.
std::string token_request(const OpenIdSettings& settings, const OpenIdAttempt& attempt,
                          std::string_view code);

struct OpenIdIdentity {
    std::string subject;
    std::string full_name;
    std::string email;
    Role role = Role::practice_gp;
    PracticeCode practice;
};

// Who the ID token says they are (OpenID Connect Core 1.0, section 3.1.3.7): signature, issuer,
// audience, times and nonce are right and the claims give one role. not_found: fetch the keys
// again.
Result<OpenIdIdentity> identity_in(std::string_view id_token, const KeySet& keys,
                                   const OpenIdSettings& settings, std::string_view nonce,
                                   Instant now);

}  // namespace purse
