// What an identity provider says: its configuration, its keys, its tokens and what it adds about
// somebody. Any bytes are read or refused, never a crash, and nobody is let in whom the claims do
// not name in one role of one place. The input is a letter for what it is, and the text.
#include <cstdint>
#include <string>
#include <string_view>

#include "access/open_id.hpp"
#include "base/check.hpp"

namespace {

using namespace purse;

OpenIdSettings settings_of() {
    OpenIdSettings settings;
    settings.issuer = "https://i";
    settings.client = "purse";
    settings.asks_user_info = true;
    return settings;
}

const std::string key_set = R"({"keys":[{"kty":"EC","crv":"P-256","kid":"e1",)"
                            R"("x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
                            R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})";

// Nobody here has the private key: whatever is accepted is a forgery.
void token(std::string_view text) {
    static const KeySet keys = KeySet::parse(key_set).value();
    static const OpenIdSettings settings = settings_of();
    CHECK(!checked_claims(text, keys, settings, "n", Instant(1'800'000'000)).ok());
}

void claims(std::string_view text) {
    static const ClaimsMap flat = {.role_claim = "roles",
                                   .roles = {{"GP", Role::practice_gp}, {"F", Role::auditor}},
                                   .organisation_claim = "org",
                                   .staff_organisations = {"X99"}};
    static const ClaimsMap nested = {.roles_in = "nhsid_nrbac_roles",
                                     .selected_claim = "selected_roleid",
                                     .selected_member = "person_roleid",
                                     .role_claim = "role_code",
                                     .roles = {{"R1", Role::practice_gp}, {"R2", Role::auditor}},
                                     .organisation_claim = "org_code",
                                     .staff_organisations = {"X99"}};
    const auto ours = [](PracticeCode practice) { return practice == PracticeCode("A81001"); };
    for (const ClaimsMap* map : {&flat, &nested}) {
        const auto who = identity_of(text, *map, ours);
        if (!who) continue;
        CHECK(!who->subject.empty());
        CHECK(is_of_a_practice(who->role) == !who->practice.empty());
        CHECK(who->practice.empty() || who->practice == PracticeCode("A81001"));
    }
    const auto both = with_user_info(R"({"sub":"1","iss":"i"})", text);
    if (both) CHECK(subject_of(*both) == "1");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0]) {
        case 'p': {
            const auto provider = parse_provider(text, settings_of());
            if (provider) CHECK(provider->token_endpoint.starts_with("https://"));
            break;
        }
        case 'k':
            (void)KeySet::parse(text);
            break;
        case 't':
            token(text);
            break;
        case 'a':
            (void)parse_tokens(text);
            break;
        default:
            claims(text);
    }
    return 0;
}
