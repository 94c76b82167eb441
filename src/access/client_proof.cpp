#include "access/client_proof.hpp"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <boost/json.hpp>

#include "access/held_by_openssl.hpp"
#include "access/site_key.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::int64_t good_for_seconds = 60;

EvpKey key_in(const std::string& pem) {
    const MemoryBytes bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // Without a passphrase: an encrypted key is refused, never asked about on a terminal.
    return EvpKey(PEM_read_bio_PrivateKey(
        bytes.get(), nullptr, [](char*, int, int, void*) { return 0; }, nullptr));
}

std::string signature_of(EVP_PKEY* key, const EVP_MD* digest, const std::string& what) {
    const DigestContext context(EVP_MD_CTX_new());
    const auto* bytes = reinterpret_cast<const unsigned char*>(what.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes, what.size()) != 1) {
        return "";
    }
    std::string made(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                       what.size()) != 1) {
        return "";
    }
    made.resize(size);
    return made;
}

// ES256 wants the two numbers side by side (RFC 7518, section 3.4).
std::string side_by_side(const std::string& der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const EcdsaSignature both(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    if (!both) return "";
    constexpr int size = p256_coordinate_bytes;
    std::string flat(std::size_t{2} * size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(flat.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out, size);
    BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out + size, size);
    return flat;
}

}  // namespace

Result<ProofKind> parse_proof_kind(std::string_view text) {
    if (text == "none") return ProofKind::none;
    if (text == "client_secret_basic") return ProofKind::client_secret_basic;
    if (text == "client_secret_post") return ProofKind::client_secret_post;
    if (text == "private_key_jwt") return ProofKind::private_key_jwt;
    return bad_input("'" + std::string(text) +
                     "' is not a proof: none, client_secret_basic, client_secret_post or "
                     "private_key_jwt");
}

Result<std::string> client_assertion(const ClientProof& proof, std::string_view client,
                                     std::string_view audience, Instant now) {
    const auto key = key_in(proof.secret);
    const bool is_elliptic = proof.algorithm == "ES256";
    if (!key || EVP_PKEY_is_a(key.get(), is_elliptic ? "EC" : "RSA") != 1) {
        return bad_input("the private key of [oidc] is no " + proof.algorithm +
                         " key in PEM without a passphrase");
    }
    json::object header{{"alg", proof.algorithm}, {"typ", "JWT"}};
    if (!proof.key_id.empty()) header["kid"] = proof.key_id;
    const json::object claims{{"iss", client},        {"sub", client},
                              {"aud", audience},      {"jti", random_token()},
                              {"iat", now.seconds()}, {"exp", now.seconds() + good_for_seconds}};
    const std::string what =
        base64url(json::serialize(header)) + "." + base64url(json::serialize(claims));
    const EVP_MD* digest = proof.algorithm == "RS512" ? EVP_sha512() : EVP_sha256();
    std::string signature = signature_of(key.get(), digest, what);
    if (is_elliptic) signature = side_by_side(signature);
    if (signature.empty()) return bad_input("the private key of [oidc] does not sign");
    return what + "." + base64url(signature);
}

}  // namespace purse
