#include "access/signed_token.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "access/held_by_openssl.hpp"
#include "access/json_parts.hpp"
#include "access/site_key.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_token = 64 * 1024;

BigNumber number_of(std::string_view bytes) {
    return BigNumber(BN_bin2bn(unsigned_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

EvpKey key_from(const char* kind, OSSL_PARAM* params) {
    const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* made = nullptr;
    if (!context || params == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params) != 1) {
        return nullptr;
    }
    return EvpKey(made);
}

EvpKey rsa_key(const json::object& jwk) {
    const auto modulus = from_base64url(text_in(jwk, "n"));
    const auto exponent = from_base64url(text_in(jwk, "e"));
    constexpr std::size_t least_bytes = 256;  // 2048 bits (RFC 7518, section 3.3)
    if (!modulus || !exponent || modulus->size() < least_bytes || exponent->empty()) return nullptr;
    const BigNumber n = number_of(*modulus);
    const BigNumber e = number_of(*exponent);
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return key_from("RSA", params.get());
}

EvpKey elliptic_key(const json::object& jwk) {
    const auto x = from_base64url(text_in(jwk, "x"));
    const auto y = from_base64url(text_in(jwk, "y"));
    if (text_in(jwk, "crv") != "P-256" || !x || !y || x->size() != p256_coordinate_bytes ||
        y->size() != p256_coordinate_bytes) {
        return nullptr;
    }
    const std::string point = "\x04" + *x + *y;  // uncompressed
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return key_from("EC", params.get());
}

// Of ES256 the two numbers side by side (RFC 7518, section 3.4), as OpenSSL wants them.
std::string in_der(std::string_view signature) {
    if (signature.size() != 2 * p256_coordinate_bytes) return "";
    BigNumber r = number_of(signature.substr(0, p256_coordinate_bytes));
    BigNumber s = number_of(signature.substr(p256_coordinate_bytes));
    const EcdsaSignature both(ECDSA_SIG_new());
    if (ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) return "";
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(both.get(), &der);
    if (size <= 0) return "";
    std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return text;
}

bool is_signed(EVP_PKEY* key, std::string_view what, std::string_view signature) {
    const DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), unsigned_bytes(signature), signature.size(),
                            unsigned_bytes(what), what.size()) == 1;
}

}  // namespace

Problem refused_token(std::string_view why) {
    return {ProblemKind::forbidden,
            "the identity provider's token is not good: " + std::string(why)};
}

struct KeySet::Key {
    std::string algorithm;  // the one that this key is for, whatever a token says
    EvpKey key;
};

Result<KeySet> KeySet::parse(std::string_view text) {
    const auto document = object_in(text);
    const json::value* list = document ? document->if_contains("keys") : nullptr;
    if (list == nullptr || !list->is_array()) {
        return bad_input("the identity provider's keys are no JSON Web Key Set");
    }
    KeySet set;
    for (const json::value& one : list->as_array()) {
        if (!one.is_object()) continue;
        const json::object& jwk = one.as_object();
        const std::string kind = text_in(jwk, "kty");
        const std::string use = text_in(jwk, "use");
        const std::string stated = text_in(jwk, "alg");
        if (!use.empty() && use != "sig") continue;
        const std::string algorithm = kind == "RSA" ? "RS256" : kind == "EC" ? "ES256" : "";
        if (algorithm.empty() || (!stated.empty() && stated != algorithm)) continue;
        EvpKey key = kind == "RSA" ? rsa_key(jwk) : elliptic_key(jwk);
        if (!key) continue;
        set.keys_[text_in(jwk, "kid")] =
            std::make_shared<const Key>(Key{algorithm, std::move(key)});
    }
    if (set.keys_.empty()) {
        return bad_input("the identity provider publishes no key for RS256 or ES256");
    }
    return set;
}

Result<std::string> KeySet::claims_of(std::string_view token) const {
    if (token.size() > longest_token) return refused_token("it is too long");
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return refused_token("it has not three parts");
    }
    const auto header_text = from_base64url(token.substr(0, first));
    auto claims = from_base64url(token.substr(first + 1, second - first - 1));
    auto signature = from_base64url(token.substr(second + 1));
    const auto header = header_text ? object_in(*header_text) : std::nullopt;
    if (!header || !claims || !signature) return refused_token("it cannot be read");
    if (header->contains("crit")) return refused_token("it demands what Purse does not know");
    const auto found = keys_.find(text_in(*header, "kid"));
    if (found == keys_.end()) {
        return not_found(
            "the identity provider's token is signed by a key that it does not publish");
    }
    const Key& key = *found->second;
    if (text_in(*header, "alg") != key.algorithm)
        return refused_token("it is signed in another way");
    if (key.algorithm == "ES256") *signature = in_der(*signature);
    if (!is_signed(key.key.get(), token.substr(0, second), *signature)) {
        return refused_token("its signature is wrong");
    }
    return std::move(*claims);
}

}  // namespace purse
