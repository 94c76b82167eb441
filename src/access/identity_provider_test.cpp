// The conversation with an identity provider that answers what the test says. A real one is asked
// in tests/signon.
#include "access/identity_provider.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace purse {
namespace {

const OpenIdSettings settings = {.name = "NHS CIS2",
                                 .issuer = "https://login.example",
                                 .client = "purse",
                                 .redirect = "https://purse.example/api/v1/sign-in/provider/answer",
                                 .claims = {.role_claim = "roles", .organisation_claim = "org"}};
const Instant now(1'800'000'000);

// Answers by address; counts how often each was asked.
struct Provider {
    std::map<std::string, WebAnswer> answers = {
        {"https://login.example/.well-known/openid-configuration",
         {200, "application/json",
          R"({"issuer":"https://login.example","authorization_endpoint":"https://login.example/a",)"
          R"("token_endpoint":"https://login.example/t","jwks_uri":"https://login.example/k"})"}},
        {"https://login.example/t",
         {200, "application/json",
          // Signed by a key "k9" that the set below does not have.
          R"({"id_token":"eyJhbGciOiJSUzI1NiIsImtpZCI6Ims5In0.e30.AAAA","access_token":"x"})"}},
        {"https://login.example/k",
         {200, "application/json",
          R"({"keys":[{"kty":"EC","crv":"P-256","kid":"e1",)"
          // RFC 7517, appendix A.1.
          R"("x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
          R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})"}}};
    std::map<std::string, int> asked;

    IdentityProvider::Ask ask() {
        return [this](const WebRequest& request) -> Result<WebAnswer> {
            ++asked[request.address];
            const auto found = answers.find(request.address);
            if (found == answers.end()) {
                return Problem{ProblemKind::unavailable, "login.example cannot be reached"};
            }
            return found->second;
        };
    }
};

// As a browser sends it back.
std::string carried(const IdentityProvider::Departure& departure) {
    return departure.cookie.substr(0, departure.cookie.find(';'));
}
std::string state_in(const std::string& address) {
    const auto at = address.find("&state=") + 7;
    return address.substr(at, address.find('&', at) - at);
}

class ByProvider : public ::testing::Test {
  protected:
    Provider there_;
    IdentityProvider provider_{settings, SiteKey::from_phrase("key"), there_.ask()};
    const std::string discovery_ = "https://login.example/.well-known/openid-configuration";
};

TEST_F(ByProvider, the_browser_that_left_is_the_one_that_comes_back) {
    const auto departure = provider_.depart("/practices/A81001?month=2017-06", now).value();
    EXPECT_TRUE(departure.cookie.starts_with("__Host-purse-journey="));
    EXPECT_NE(departure.cookie.find("; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=600"),
              std::string::npos);
    const ProviderAnswer answer{.code = "c", .state = state_in(departure.address)};
    const auto journey = provider_.journey_of(answer, carried(departure), now + 60);
    ASSERT_TRUE(journey.ok()) << journey.problem().says;
    EXPECT_EQ(journey->page, "/practices/A81001?month=2017-06");
    EXPECT_EQ(departure.address.find(journey->attempt.verifier), std::string::npos);

    EXPECT_FALSE(provider_.journey_of(answer, "", now + 60).ok()) << "another browser";
    EXPECT_FALSE(provider_.journey_of(answer, carried(departure), now + 601).ok()) << "too late";
    EXPECT_FALSE(provider_.journey_of({.code = "c", .state = ""}, carried(departure), now).ok());
    EXPECT_FALSE(provider_.journey_of({.code = "c", .state = "x"}, carried(departure), now).ok());
    const auto later = provider_.depart("/", now).value();
    EXPECT_FALSE(provider_.journey_of(answer, carried(later), now).ok()) << "another attempt's";
    std::string forged = carried(departure);
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(provider_.journey_of(answer, forged, now).ok());
    IdentityProvider elsewhere(settings, SiteKey::from_phrase("another key"), there_.ask());
    EXPECT_FALSE(elsewhere.journey_of(answer, carried(departure), now).ok());
}

TEST_F(ByProvider, people_go_on_to_pages_of_ours_only) {
    EXPECT_EQ(own_page("/budgets/2017-18?draft=x"), "/budgets/2017-18?draft=x");
    for (const char* other : {"", "https://evil.example", "//evil.example", "/\\evil.example",
                              "/a\r\nSet-Cookie: x=1", "/api/v1/sign-in/provider", "budgets"}) {
        EXPECT_EQ(own_page(other), "/") << other;
    }
    EXPECT_EQ(own_page("/" + std::string(500, 'x')), "/");
}

TEST_F(ByProvider, its_configuration_is_fetched_once_an_hour) {
    EXPECT_TRUE(provider_.depart("/", now).ok());
    EXPECT_TRUE(provider_.depart("/", now + 3599).ok());
    EXPECT_EQ(there_.asked[discovery_], 1);
    EXPECT_TRUE(provider_.depart("/", now + 3600).ok());
    EXPECT_EQ(there_.asked[discovery_], 2);
}

TEST_F(ByProvider, one_that_cannot_be_reached_is_not_asked_again_at_once) {
    const WebAnswer good = there_.answers[discovery_];
    there_.answers.erase(discovery_);
    const auto failed = provider_.depart("/", now);
    EXPECT_EQ(failed.problem().kind, ProblemKind::unavailable);
    EXPECT_NE(failed.problem().says.find("NHS CIS2"), std::string::npos);
    EXPECT_FALSE(provider_.depart("/", now + 4).ok());
    EXPECT_EQ(there_.asked[discovery_], 1);
    there_.answers[discovery_] = good;
    EXPECT_TRUE(provider_.depart("/", now + 5).ok());
    there_.answers[discovery_].status = 500;
    EXPECT_FALSE(provider_.depart("/", now + 5000).ok());
}

TEST_F(ByProvider, an_unknown_key_has_the_keys_fetched_again_but_not_every_time) {
    const auto departure = provider_.depart("/", now).value();
    const ProviderAnswer answer{.code = "c", .state = state_in(departure.address)};
    const auto journey = provider_.journey_of(answer, carried(departure), now).value();
    const auto ask = [&](std::int64_t seconds) {
        const auto claims = provider_.claims_for(answer, journey, now + seconds);
        EXPECT_EQ(claims.problem().kind, ProblemKind::forbidden);
        return there_.asked["https://login.example/k"];
    };
    EXPECT_EQ(ask(0), 1) << "just fetched: no newer ones are to be had";
    EXPECT_EQ(ask(14), 1);
    EXPECT_EQ(ask(15), 2);
    EXPECT_EQ(ask(29), 2);
    EXPECT_EQ(ask(30), 3);
}

TEST_F(ByProvider, an_answer_that_is_none_is_told_in_words) {
    const auto departure = provider_.depart("/", now).value();
    const std::string state = state_in(departure.address);
    const auto says = [&](const ProviderAnswer& answer) {
        const auto journey = provider_.journey_of(answer, carried(departure), now).value();
        return provider_.claims_for(answer, journey, now).problem().says;
    };
    EXPECT_EQ(says({.state = state, .error = "access_denied"}),
              "you did not sign in with NHS CIS2");
    EXPECT_TRUE(
        says({.state = state, .error = "server_error"}).starts_with("NHS CIS2 did not let you in"));
    EXPECT_TRUE(says({.code = "c", .state = state, .issuer = "https://other.example"})
                    .starts_with("this answer comes from another identity provider"));
    there_.answers["https://login.example/t"] = {400, "", R"({"error":"invalid_grant"})"};
    EXPECT_TRUE(says({.code = "c", .state = state}).ends_with("begin again"));
    there_.answers["https://login.example/t"] = {200, "", "<html>"};
    EXPECT_NE(says({.code = "c", .state = state}).find("does not work at the moment"),
              std::string::npos);
    there_.answers.erase("https://login.example/t");
    EXPECT_NE(says({.code = "c", .state = state}).find("cannot be reached"), std::string::npos);
}

}  // namespace
}  // namespace purse
