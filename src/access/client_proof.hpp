// How Purse proves to an identity provider which program it is (OpenID Connect Core 1.0, section
// 9): by nothing but PKCE, by a secret, or by a statement that it signs with a key of its own.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "calendar/instant.hpp"

namespace purse {

enum class ProofKind : unsigned char {
    none,
    client_secret_basic,
    client_secret_post,
    private_key_jwt
};
Result<ProofKind> parse_proof_kind(std::string_view text);

struct ClientProof {
    ProofKind kind = ProofKind::none;
    std::string secret;               // the shared secret, or the private key (PEM)
    std::string key_id;               // of the key, as the provider knows it
    std::string algorithm = "RS256";  // RS256, RS512 or ES256
};

// The statement of private_key_jwt (RFC 7523): of `client`, for `audience`, good for a minute.
Result<std::string> client_assertion(const ClientProof& proof, std::string_view client,
                                     std::string_view audience, Instant now);

}  // namespace purse
