// Identity providers' answers, right and forged. The keys are made here, for each run.
#include "access/open_id.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "access/site_key.hpp"

namespace purse {
namespace {

std::string padded(const BIGNUM* number, int size) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
    return bytes;
}

// A provider's key pair.
class Signer {
  public:
    static Signer rsa(const std::string& id, unsigned int bits = 2048) {
        return Signer(id, "RS256", EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{bits}));
    }
    static Signer elliptic(const std::string& id) {
        return Signer(id, "ES256", EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    }

    [[nodiscard]] std::string jwk() const {
        if (algorithm_ == "RS256") {
            return R"({"kty":"RSA","use":"sig","kid":")" + id_ + R"(","n":")" +
                   base64url(number(OSSL_PKEY_PARAM_RSA_N, 0)) + R"(","e":")" +
                   base64url(number(OSSL_PKEY_PARAM_RSA_E, 0)) + R"("})";
        }
        return R"({"kty":"EC","crv":"P-256","kid":")" + id_ + R"(","x":")" +
               base64url(number(OSSL_PKEY_PARAM_EC_PUB_X, 32)) + R"(","y":")" +
               base64url(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32)) + R"("})";
    }
    [[nodiscard]] std::string pem() const {
        BIO* bytes = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(bytes, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
        char* text = nullptr;
        const auto size = static_cast<std::size_t>(BIO_get_mem_data(bytes, &text));
        const std::string copy(text, size);
        BIO_free(bytes);
        return copy;
    }
    [[nodiscard]] std::string token(const std::string& claims) const {
        return token_with(R"({"alg":")" + algorithm_ + R"(","kid":")" + id_ + R"("})", claims);
    }
    [[nodiscard]] std::string token_with(const std::string& header,
                                         const std::string& claims) const {
        const std::string what = base64url(header) + "." + base64url(claims);
        return what + "." + base64url(signature(what));
    }

  private:
    Signer(std::string id, std::string algorithm, EVP_PKEY* key)
        : id_(std::move(id)), algorithm_(std::move(algorithm)), key_(key, EVP_PKEY_free) {}

    [[nodiscard]] std::string number(const char* name, int size) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        const std::string bytes = padded(value, size > 0 ? size : BN_num_bytes(value));
        BN_free(value);
        return bytes;
    }
    [[nodiscard]] std::string signature(const std::string& what) const {
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
        const auto* bytes = reinterpret_cast<const unsigned char*>(what.data());
        std::size_t size = 0;
        EVP_DigestSign(context, nullptr, &size, bytes, what.size());
        std::string made(size, '\0');
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                       what.size());
        made.resize(size);
        EVP_MD_CTX_free(context);
        if (algorithm_ == "RS256") return made;
        const auto* der = reinterpret_cast<const unsigned char*>(made.data());
        ECDSA_SIG* both = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(made.size()));
        std::string flat = padded(ECDSA_SIG_get0_r(both), 32) + padded(ECDSA_SIG_get0_s(both), 32);
        ECDSA_SIG_free(both);
        return flat;
    }

    std::string id_;
    std::string algorithm_;
    std::shared_ptr<EVP_PKEY> key_;
};

const Signer& rsa() {
    static const Signer signer = Signer::rsa("r1");
    return signer;
}
const Signer& elliptic() {
    static const Signer signer = Signer::elliptic("e1");
    return signer;
}
KeySet keys() {
    return KeySet::parse(R"({"keys":[)" + rsa().jwk() + "," + elliptic().jwk() +
                         R"(,{"kty":"oct","k":"AAAA","kid":"s1"}]})")
        .value();
}

const Instant now(1'800'000'000);
const OpenIdSettings settings = {
    .issuer = "https://login.example/x",
    .client = "purse",
    .redirect = "https://purse.example/api/v1/sign-in/provider/answer",
    .claims = {.role_claim = "roles",
               .roles = {{"GP", Role::practice_gp}, {"FIN", Role::commissioner_finance}},
               .organisation_claim = "org",
               .staff_organisations = {"9ZZ"}}};
const IsOurPractice any_practice = [](PracticeCode code) { return code != PracticeCode("B99999"); };

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

const std::string good =
    R"({"iss":"https://login.example/x","aud":"purse","sub":"u1","nonce":"N","iat":1799999990,)"
    R"("exp":1800000300,"name":"Jane Grey","email":"j@x","roles":["GP","staff"],"org":"A81001"})";

Result<OpenIdIdentity> identity(const std::string& token, const std::string& nonce = "N") {
    const auto claims = checked_claims(token, keys(), settings, nonce, now);
    if (!claims) return claims.problem();
    return identity_of(*claims, settings.claims, any_practice);
}

TEST(OpenId, takes_a_token_signed_either_way) {
    for (const Signer* signer : {&rsa(), &elliptic()}) {
        const auto who = identity(signer->token(good));
        ASSERT_TRUE(who.ok()) << who.problem().says;
        EXPECT_EQ(who->subject, "u1");
        EXPECT_EQ(who->full_name, "Jane Grey");
        EXPECT_EQ(who->role, Role::practice_gp);
        EXPECT_EQ(who->practice, PracticeCode("A81001"));
    }
}

TEST(OpenId, refuses_a_token_that_is_not_for_us_or_not_of_now) {
    const std::pair<std::string, std::string> cases[] = {
        {"login.example/x", "login.example/y"},
        {R"("aud":"purse")", R"("aud":"other")"},
        {R"("aud":"purse")", R"("aud":["purse","other"])"},
        {R"("aud":"purse")", R"("aud":"purse","azp":"other")"},
        {R"("aud":"purse",)", ""},
        {R"("nonce":"N")", R"("nonce":"M")"},
        {R"("nonce":"N",)", ""},
        {R"("exp":1800000300)", R"("exp":1799999940)"},
        {R"("exp":1800000300)", R"("exp":"1800000300")"},
        {R"("exp":1800000300)", R"("exp":1e300)"},
        {R"("exp":1800000300,)", ""},
        {R"("iat":1799999990)", R"("iat":1800000061)"},
        {R"("iat":1799999990)", R"("iat":1799999990,"nbf":1800000061)"},
        {R"("sub":"u1")", R"("sub":"")"},
        {R"(["GP","staff"])", R"(["staff"])"},
        {R"(["GP","staff"])", R"(["GP","FIN"])"},
        {R"("org":"A81001")", R"("org":"")"},
        {R"("org":"A81001")", R"("org":"A 81001")"},
        {R"("org":"A81001")", R"("org":"B99999")"},
        {R"("org":"A81001")", R"("org":["A81001","A81002"])"},
        {R"(["GP","staff"])", R"(["FIN"])"},
    };
    for (const auto& [from, to] : cases) {
        const auto refused = identity(rsa().token(replaced(good, from, to)));
        ASSERT_FALSE(refused.ok()) << from << " -> " << to;
        EXPECT_EQ(refused.problem().kind, ProblemKind::forbidden);
    }
    EXPECT_FALSE(identity(rsa().token(good), "").ok());
}

TEST(OpenId, allows_for_clocks_that_differ_a_little) {
    EXPECT_TRUE(identity(rsa().token(replaced(good, "1800000300", "1799999941"))).ok());
    EXPECT_TRUE(identity(rsa().token(replaced(good, "1799999990", "1800000060"))).ok());
    EXPECT_TRUE(identity(rsa().token(replaced(good, R"("aud":"purse")",
                                              R"("aud":["o","purse"],"azp":"purse")")))
                    .ok());
}

TEST(OpenId, refuses_forged_signatures) {
    const std::string token = rsa().token(good);
    const std::string unsigned_part = token.substr(0, token.rfind('.'));
    const auto is_refused = [](const std::string& forged) { return !identity(forged).ok(); };
    EXPECT_TRUE(is_refused(Signer::rsa("r1").token(good))) << "another's key under the same name";
    EXPECT_TRUE(is_refused(Signer::elliptic("e1").token(good)));
    EXPECT_TRUE(
        is_refused(base64url(R"({"alg":"none","kid":"r1"})") + "." + base64url(good) + "."));
    EXPECT_TRUE(is_refused(base64url(R"({"alg":"none"})") + "." + base64url(good) + "."));
    EXPECT_TRUE(is_refused(unsigned_part + "."));
    EXPECT_TRUE(is_refused(unsigned_part + "." + base64url(std::string(256, '\0'))));
    EXPECT_TRUE(is_refused(rsa().token_with(R"({"alg":"HS256","kid":"r1"})", good)));
    EXPECT_TRUE(is_refused(rsa().token_with(R"({"alg":"ES256","kid":"r1"})", good)));
    EXPECT_TRUE(is_refused(rsa().token_with(R"({"alg":"RS256","kid":"e1"})", good)));
    EXPECT_TRUE(is_refused(rsa().token_with(R"({"alg":"RS256","kid":"r1","crit":["x"]})", good)));
    EXPECT_TRUE(is_refused(elliptic().token(good).substr(0, 100)));
    const std::string flat_zero = elliptic().token(good);
    EXPECT_TRUE(is_refused(flat_zero.substr(0, flat_zero.rfind('.') + 1) +
                           base64url(std::string(64, '\0'))));
    const std::string other_claims = base64url(replaced(good, "A81001", "A81002"));
    EXPECT_TRUE(is_refused(token.substr(0, token.find('.') + 1) + other_claims +
                           token.substr(token.rfind('.'))));
    for (const char* none : {"", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d"}) {
        EXPECT_TRUE(is_refused(none)) << none;
    }
    EXPECT_TRUE(is_refused(std::string(100'000, 'A')));
}

TEST(OpenId, asks_for_the_keys_again_when_the_provider_has_changed_them) {
    const Signer next = Signer::rsa("r2");
    EXPECT_EQ(identity(next.token(good)).problem().kind, ProblemKind::not_found);
    const auto renewed = KeySet::parse(R"({"keys":[)" + next.jwk() + "]}").value();
    EXPECT_TRUE(checked_claims(next.token(good), renewed, settings, "N", now).ok());
}

TEST(OpenId, takes_only_keys_that_are_strong_and_for_signing) {
    EXPECT_EQ(keys().size(), 2U);
    EXPECT_FALSE(KeySet::parse(R"({"keys":[)" + Signer::rsa("w", 1024).jwk() + "]}").ok());
    EXPECT_FALSE(
        KeySet::parse(R"({"keys":[)" + replaced(rsa().jwk(), R"("sig")", R"("enc")") + "]}").ok());
    EXPECT_FALSE(KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})").ok());
    EXPECT_FALSE(KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256","x":")" +
                               base64url(std::string(32, '\1')) + R"(","y":")" +
                               base64url(std::string(32, '\1')) + R"("}]})")
                     .ok())
        << "a point that is not on the curve";
    for (const char* none :
         {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[1]})"}) {
        EXPECT_FALSE(KeySet::parse(none).ok()) << none;
    }
}

TEST(OpenId, sends_the_browser_away_with_a_challenge_and_proves_it_afterwards) {
    // RFC 7636, appendix B.
    EXPECT_EQ(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    const OpenIdProvider provider{.authorization_endpoint = "https://login.example/a",
                                  .token_endpoint = "https://login.example/t",
                                  .keys = "https://login.example/k"};
    const OpenIdAttempt one = new_open_id_attempt(settings, provider);
    const OpenIdAttempt two = new_open_id_attempt(settings, provider);
    EXPECT_NE(one.state, two.state);
    EXPECT_NE(one.nonce, two.nonce);
    EXPECT_NE(one.verifier, two.verifier);
    EXPECT_EQ(one.address,
              "https://login.example/a?response_type=code&client_id=purse&redirect_uri="
              "https%3A%2F%2Fpurse.example%2Fapi%2Fv1%2Fsign-in%2Fprovider%2Fanswer&scope=openid%"
              "20profile&state=" +
                  one.state + "&nonce=" + one.nonce + "&code_challenge=" +
                  code_challenge(one.verifier) + "&code_challenge_method=S256");
    const auto asked = token_request(settings, provider, one.verifier, "c&d", now);
    EXPECT_EQ(asked->address, "https://login.example/t");
    EXPECT_EQ(asked->form,
              "grant_type=authorization_code&code=c%26d&redirect_uri=https%3A%2F%2Fpurse.example%2F"
              "api%2Fv1%2Fsign-in%2Fprovider%2Fanswer&code_verifier=" +
                  one.verifier + "&client_id=purse");
}

TEST(OpenId, proves_which_program_it_is_as_the_provider_wants_it) {
    const OpenIdProvider provider{.token_endpoint = "https://login.example/t"};
    OpenIdSettings with = settings;
    with.proof = {.kind = ProofKind::client_secret_basic, .secret = "a b:c"};
    const auto basic = token_request(with, provider, "v", "c", now);
    // base64("purse:a%20b%3Ac")
    EXPECT_EQ(basic->headers.back(), "Authorization: Basic cHVyc2U6YSUyMGIlM0Fj");
    EXPECT_EQ(basic->form.find("client_id"), std::string::npos);
    with.proof.kind = ProofKind::client_secret_post;
    EXPECT_TRUE(
        token_request(with, provider, "v", "c", now)->form.ends_with("&client_secret=a%20b%3Ac"));
    for (const auto& [algorithm, signer] :
         {std::pair{"RS256", &rsa()}, std::pair{"ES256", &elliptic()}}) {
        const ClientProof proof{.kind = ProofKind::private_key_jwt,
                                .secret = signer->pem(),
                                .key_id = algorithm == std::string("RS256") ? "r1" : "e1",
                                .algorithm = algorithm};
        const auto assertion = client_assertion(proof, "purse", "https://login.example/t", now);
        ASSERT_TRUE(assertion.ok()) << assertion.problem().says;
        // It is a token of ours: what checks the provider's checks it too.
        const auto claims = keys().claims_of(*assertion);
        ASSERT_TRUE(claims.ok()) << claims.problem().says;
        EXPECT_NE(claims->find(R"("aud":"https://login.example/t")"), std::string::npos);
        ClientProof wrong = proof;
        wrong.algorithm = algorithm == std::string("RS256") ? "ES256" : "RS256";
        EXPECT_FALSE(client_assertion(wrong, "purse", "x", now).ok());
        wrong = proof;
        wrong.secret = "no key";
        EXPECT_FALSE(client_assertion(wrong, "purse", "x", now).ok());
    }
}

// The shape that NHS CIS2 gives at its user information address.
const ClaimsMap cis2 = {.roles_in = "nhsid_nrbac_roles",
                        .selected_claim = "selected_roleid",
                        .selected_member = "person_roleid",
                        .role_claim = "role_code",
                        .roles = {{"S0010:G0020:R0260", Role::practice_gp},
                                  {"S8000:G8000:R8001", Role::commissioner_finance}},
                        .organisation_claim = "org_code",
                        .staff_organisations = {"9ZZ"}};
const std::string two_roles =
    R"("nhsid_nrbac_roles":[)"
    R"({"person_roleid":"11","org_code":"A81001","role_code":"S0010:G0020:R0260"},)"
    R"({"person_roleid":"12","org_code":"A81002","role_code":"S0010:G0020:R0260"},)"
    R"({"person_roleid":"13","org_code":"9ZZ","role_code":"S8000:G8000:R8001"},)"
    R"({"person_roleid":"14","org_code":"RXX","role_code":"S8000:G8000:R8001"}])";

TEST(OpenId, reads_the_role_that_was_chosen_among_nested_ones) {
    const auto chosen = [](const std::string& role) {
        return identity_of(R"({"sub":"555","selected_roleid":")" + role + R"(",)" + two_roles + "}",
                           cis2, any_practice);
    };
    EXPECT_EQ(chosen("11")->practice, PracticeCode("A81001"));
    EXPECT_EQ(chosen("12")->practice, PracticeCode("A81002"));
    EXPECT_EQ(chosen("13")->role, Role::commissioner_finance);
    EXPECT_NE(chosen("14").problem().says.find("RXX, which is not this commissioner"),
              std::string::npos);
    EXPECT_NE(chosen("15").problem().says.find("no role"), std::string::npos);
    const auto none = identity_of(R"({"sub":"555",)" + two_roles + "}", cis2, any_practice);
    EXPECT_NE(none.problem().says.find("several roles"), std::string::npos);
    for (const char* odd :
         {"{}", "[]", R"({"nhsid_nrbac_roles":{}})", R"({"nhsid_nrbac_roles":[1]})",
          R"({"nhsid_nrbac_roles":[{"role_code":1}]})"}) {
        const std::string with =
            odd == std::string("[]") ? "[]" : R"({"sub":"1",)" + std::string(odd).substr(1);
        EXPECT_FALSE(identity_of(with, cis2, any_practice).ok()) << with;
    }
}

TEST(OpenId, takes_what_the_provider_adds_about_the_same_person_only) {
    const auto both = with_user_info(R"({"sub":"1","iss":"i","nonce":"n"})",
                                     R"({"sub":"1","iss":"evil","name":"Jane"})");
    EXPECT_EQ(*both, R"({"sub":"1","iss":"i","nonce":"n","name":"Jane"})");
    EXPECT_FALSE(with_user_info(R"({"sub":"1"})", R"({"sub":"2"})").ok());
    EXPECT_FALSE(with_user_info(R"({"sub":"1"})", R"({})").ok());
    EXPECT_FALSE(with_user_info(R"({"sub":"1"})", "no").ok());
}

TEST(OpenId, is_set_up_in_the_sites_settings) {
    const std::string file = "/tmp/purse-oidc-" + random_token() + ".toml";
    const auto read = [&](const std::string& text) {
        std::ofstream(file, std::ios::trunc) << text;
        return read_open_id_settings(file);
    };
    const std::string whole =
        "[commissioner]\ncode = \"X99\"\nalso_ours = [\"5PT\"]\n"
        "[oidc]\nissuer = \"https://i\"\nclient = \"c\"\n"
        "redirect = \"https://r/api/v1/sign-in/provider/answer\"\n"
        "role_claim = \"roles\"\norganisation_claim = \"org\"\n[oidc.roles]\n\"R 1\" = "
        "\"practice-gp\"\n";
    const auto settings_read = read(whole);
    ASSERT_TRUE(settings_read.ok()) << settings_read.problem().says;
    EXPECT_EQ((*settings_read)->claims.roles.at("R 1"), Role::practice_gp);
    EXPECT_EQ((*settings_read)->claims.staff_organisations, (std::set<std::string>{"5PT", "X99"}));
    const auto others =
        read(replaced(whole, "role_claim", "staff_organisations = [\"*\"]\nrole_claim"));
    EXPECT_EQ((*others)->claims.staff_organisations, (std::set<std::string>{"*"}));
    EXPECT_EQ((*settings_read)->clock_skew_seconds, 60);
    EXPECT_FALSE(read("[commissioner]\ncode = \"X99\"\n")->has_value());
    EXPECT_FALSE(read(replaced(whole, "https://i", "http://i")).ok());
    EXPECT_TRUE(read(replaced(whole, "https://i", "http://127.0.0.1:9/x")).ok());
    EXPECT_FALSE(read(replaced(whole, "/provider/answer", "/elsewhere")).ok());
    EXPECT_FALSE(
        read(replaced(whole, "role_claim", "client_proof = \"client_secret_post\"\nrole_claim"))
            .ok());
    const std::string with_secret =
        replaced(whole, "role_claim",
                 "client_proof = \"client_secret_post\"\nclient_secret_file = \"" + file +
                     ".secret\"\nrole_claim");
    std::ofstream(file + ".secret") << "s3cret\n";
    EXPECT_FALSE(read(with_secret).ok()) << "others may read the secret";
    std::filesystem::permissions(file + ".secret", std::filesystem::perms::owner_read);
    EXPECT_EQ((*read(with_secret))->proof.secret, "s3cret");
    std::filesystem::remove(file + ".secret");
    EXPECT_FALSE(read(replaced(whole, "practice-gp", "king")).ok());
    EXPECT_FALSE(read(replaced(whole, "client", "clint")).ok());
    EXPECT_FALSE(read(replaced(whole, "[oidc.roles]", "[oidc.rules]")).ok());
    std::filesystem::remove(file);
}

TEST(OpenId, reads_what_the_provider_publishes_of_itself) {
    const std::string document =
        R"({"issuer":"https://login.example/x","authorization_endpoint":"https://a",)"
        R"("token_endpoint":"https://t","jwks_uri":"https://k"})";
    EXPECT_EQ(parse_provider(document, settings)->keys, "https://k");
    EXPECT_FALSE(parse_provider(replaced(document, "example/x", "example/"), settings).ok());
    EXPECT_FALSE(parse_provider(replaced(document, "https://t", "http://t"), settings).ok());
    EXPECT_FALSE(parse_provider(replaced(document, "jwks_uri", "jwks"), settings).ok());
    EXPECT_FALSE(parse_provider("", settings).ok());
    EXPECT_FALSE(parse_provider("[]", settings).ok());
}

}  // namespace
}  // namespace purse
