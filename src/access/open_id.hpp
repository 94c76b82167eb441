// Signing in through an identity provider: OpenID Connect's authorisation code with PKCE (RFC
// 7636). The pure parts: what is sent, what comes back, who it says they are. What goes over the
// network is identity_provider.hpp's.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "access/client_proof.hpp"
#include "access/signed_token.hpp"
#include "base/result.hpp"
#include "calendar/instant.hpp"
#include "courier/web_request.hpp"
#include "register/accounts.hpp"

namespace purse {

// Where the server takes the provider's answer: the end of every `redirect`.
inline constexpr std::string_view open_id_answer_path = "/api/v1/sign-in/provider/answer";

// Which claims say what somebody may be here. With `roles_in` (NHS CIS2), role and organisation are
// members of the objects that this claim lists; without, they are claims themselves.
struct ClaimsMap {
    std::string roles_in;
    std::string selected_claim;         // says which of the objects was chosen at the provider ...
    std::string selected_member;        // ... by this member of it
    std::string role_claim;             // a text or a list of texts
    std::map<std::string, Role> roles;  // by the claim's value; a value that is not here gives none
    std::string organisation_claim;
    // Of whoever is not of a practice; "*": of any organisation.
    std::set<std::string> staff_organisations;
};

struct OpenIdSettings {
    std::string name;      // as people know the provider: "NHS CIS2"
    std::string issuer;    // exactly as the provider writes it
    std::string client;    // our identifier there
    std::string redirect;  // the address that the provider sends people back to
    std::string scope = "openid profile";
    ClientProof proof;
    bool asks_user_info = false;  // claims are at the user information address, too
    ClaimsMap claims;
    bool known_people_only = false;  // no account is made: an administrator links each one first
    std::int64_t clock_skew_seconds = 60;
    std::filesystem::path authorities;  // certificates to trust; empty: the machine's
};

// [oidc] of the site's purse.toml (docs/access.md); nothing where it has none.
Result<std::optional<OpenIdSettings>> read_open_id_settings(const std::filesystem::path& file);

// What the provider publishes at ISSUER/.well-known/openid-configuration.
struct OpenIdProvider {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string user_info_endpoint;  // where `asks_user_info`
    std::string keys;                // jwks_uri
    bool names_itself = false;       // its answers say who they are from (RFC 9207)
};
std::string discovery_address(const std::string& issuer);
// Refuses a document of another issuer, and addresses that are not https (http only where the
// issuer itself is on the loopback).
Result<OpenIdProvider> parse_provider(std::string_view json, const OpenIdSettings& settings);

// One attempt to sign in: kept by the browser, sealed, until the provider answers.
struct OpenIdAttempt {
    std::string state;
    std::string nonce;
    std::string verifier;
    std::string address;  // where the browser is sent
};
OpenIdAttempt new_open_id_attempt(const OpenIdSettings& settings, const OpenIdProvider& provider);
std::string code_challenge(std::string_view verifier);  // S256
// What is posted to the token endpoint for the code that came back.
Result<WebRequest> token_request(const OpenIdSettings& settings, const OpenIdProvider& provider,
                                 std::string_view verifier, std::string_view code, Instant now);

struct OpenIdTokens {
    std::string id_token;
    std::string access_token;  // for the user information address; may be empty
};
Result<OpenIdTokens> parse_tokens(std::string_view json);

struct OpenIdIdentity {
    std::string subject;
    std::string full_name;
    std::string email;
    Role role = Role::practice_gp;
    PracticeCode practice;
};

// The claims (JSON) of an ID token (OpenID Connect Core 1.0, section 3.1.3.7) whose signature,
// issuer, audience, times and nonce are right. not_found: fetch the keys again.
Result<std::string> checked_claims(std::string_view id_token, const KeySet& keys,
                                   const OpenIdSettings& settings, std::string_view nonce,
                                   Instant now);
// With what the user information address adds; what the ID token says stands. Refused: another
// subject (section 5.3.2).
Result<std::string> with_user_info(std::string_view claims, std::string_view user_info);
// Who the claims say they are, in exactly one role here.
using IsOurPractice = std::function<bool(PracticeCode)>;
Result<OpenIdIdentity> identity_of(std::string_view claims, const ClaimsMap& map,
                                   const IsOurPractice& is_ours);
// The claim `sub`, for the trail of who was refused; empty where there is none.
std::string subject_of(std::string_view claims);

}  // namespace purse
