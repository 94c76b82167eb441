// Signing in through the identity provider. These are addresses that a browser goes to, so their
// answers send it on: to the provider, to the page that the person wanted, or back to the sign-in
// page, which asks why it did not work (GET /api/v1/sign-in).
#include <algorithm>
#include <boost/json.hpp>

#include "access/cookies.hpp"
#include "api/handlers.hpp"

namespace purse {

namespace {

namespace json = boost::json;

constexpr std::string_view provider_path = "/api/v1/sign-in/provider";
constexpr std::string_view says_cookie = "__Host-purse-says";
constexpr std::string_view says_purpose = "why nobody is signed in";
constexpr std::int64_t says_seconds = 300;

HttpResponse sent_on(std::string_view address) {
    HttpResponse response;
    response.status = 303;
    response.with("Location", std::string(address));
    return response;
}

// The sentence travels sealed in a cookie: nobody else can put words onto the sign-in page.
HttpResponse sent_back(const Office& office, const Problem& why) {
    HttpResponse response = sent_on("/");
    response.with("Set-Cookie",
                  set_cookie(says_cookie, office.access.key.seal(says_purpose, "browser", why.says),
                             says_seconds));
    response.with("Set-Cookie", IdentityProvider::cookie_of_no_journey());
    return response;
}

Problem no_provider() {
    return not_found("no identity provider is set up here: sign in with a password");
}

// One place among those that may wait for the provider at once.
class Place {
  public:
    explicit Place(Office& office) : taken_(office.at_the_provider) {
        is_free_ = taken_.fetch_add(1) < office.most_at_the_provider;
    }
    ~Place() { taken_.fetch_sub(1); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool is_free() const { return is_free_; }

  private:
    std::atomic<int>& taken_;
    bool is_free_ = false;
};

Problem busy() {
    return {ProblemKind::unavailable,
            "many people are signing in at this moment: try again in a few seconds"};
}

}  // namespace

Result<HttpResponse> tell_ways_to_sign_in(Office& office, const Asked& asked) {
    json::object ways{{"provider", nullptr}, {"says", nullptr}};
    if (office.provider) {
        ways["provider"] =
            json::object{{"name", office.provider->settings().name}, {"address", provider_path}};
    }
    const std::string sealed = cookie_in(asked.request.header("cookie"), says_cookie);
    const auto says = office.access.key.open(says_purpose, "browser", sealed);
    if (says) ways["says"] = *says;
    HttpResponse response = json_response(json::serialize(ways));
    if (!sealed.empty()) response.with("Set-Cookie", set_cookie(says_cookie, "", 0));
    return response;
}

Result<HttpResponse> go_to_provider(Office& office, const Asked& asked) {
    if (!office.provider) return no_provider();
    const Place place(office);
    if (!place.is_free()) return sent_back(office, busy());
    const auto departure = office.provider->depart(asked.text("to"), asked.visit.at);
    if (!departure) return sent_back(office, departure.problem());
    HttpResponse response = sent_on(departure->address);
    response.with("Set-Cookie", departure->cookie);
    return response;
}

Result<HttpResponse> come_from_provider(Office& office, const Asked& asked) {
    if (!office.provider) return no_provider();
    const Place place(office);
    if (!place.is_free()) return sent_back(office, busy());
    const ProviderAnswer answer{.code = asked.text("code"),
                                .state = asked.text("state"),
                                .issuer = asked.text("iss"),
                                .error = asked.text("error")};
    const auto is_ours = [&](PracticeCode practice) {
        const auto names = office.directory.names(office.site, asked.today());
        return std::ranges::any_of(names->practices,
                                   [&](const SitePractice& one) { return one.code == practice; });
    };
    const auto arrived = office.access.accounts.sign_in_by_provider(
        *office.provider, answer, asked.request.header("cookie"), is_ours, asked.token,
        asked.visit);
    if (!arrived) return sent_back(office, arrived.problem());
    HttpResponse response = sent_on(arrived->page);
    response.with("Set-Cookie", office.access.accounts.cookie(arrived->session.token));
    response.with("Set-Cookie", IdentityProvider::cookie_of_no_journey());
    return response;
}

}  // namespace purse
