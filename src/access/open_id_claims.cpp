// What an ID token and the user information address say of somebody, and what that makes of them.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "access/json_parts.hpp"
#include "access/open_id.hpp"
#include "access/site_key.hpp"

namespace purse {

namespace {

namespace json = boost::json;

// A claim's texts: one, or a list.
std::set<std::string> texts_in(const json::object& claims, std::string_view name) {
    std::set<std::string> texts;
    const json::value* value = claims.if_contains(name);
    if (value == nullptr) return texts;
    if (value->is_string()) texts.insert(std::string(value->as_string()));
    if (!value->is_array()) return texts;
    for (const json::value& one : value->as_array()) {
        if (one.is_string()) texts.insert(std::string(one.as_string()));
    }
    return texts;
}

// Seconds since 1970; fractions are allowed (RFC 7519) and cut.
std::optional<std::int64_t> time_in(const json::object& claims, std::string_view name) {
    const json::value* value = claims.if_contains(name);
    if (value == nullptr) return std::nullopt;
    constexpr std::int64_t last = 1LL << 40;
    if (value->is_int64() && value->as_int64() >= 0 && value->as_int64() < last) {
        return value->as_int64();
    }
    if (value->is_double() && value->as_double() >= 0 &&
        value->as_double() < static_cast<double>(last)) {
        return static_cast<std::int64_t>(value->as_double());
    }
    return std::nullopt;
}

Outcome is_for_us(const json::object& claims, const OpenIdSettings& settings,
                  std::string_view nonce) {
    if (text_in(claims, "iss") != settings.issuer) return refused_token("another issuer gave it");
    const auto audience = texts_in(claims, "aud");
    if (!audience.contains(settings.client)) return refused_token("it is for another program");
    const std::string party = text_in(claims, "azp");
    if ((audience.size() > 1 || !party.empty()) && party != settings.client) {
        return refused_token("it was given to another program");
    }
    if (nonce.empty() || !same_secret(text_in(claims, "nonce"), nonce)) {
        return refused_token("it answers another attempt to sign in");
    }
    return Nothing{};
}

Outcome is_of_now(const json::object& claims, std::int64_t skew, Instant now) {
    const auto expires = time_in(claims, "exp");
    const auto issued = time_in(claims, "iat");
    if (!expires || !issued)
        return refused_token("it does not say when it was given and until when");
    if (now.seconds() >= *expires + skew) return refused_token("it has expired: sign in again");
    if (*issued > now.seconds() + skew)
        return refused_token("it is of the future: is the clock right?");
    const auto not_before = time_in(claims, "nbf");
    if (claims.contains("nbf") && (!not_before || *not_before > now.seconds() + skew)) {
        return refused_token("it is not good yet: is the clock right?");
    }
    return Nothing{};
}

bool is_subject(std::string_view subject) { return !subject.empty() && subject.size() <= 255; }

// The objects that give a role each: the claims themselves, or those that one of them lists. Where
// one of the list was chosen at the provider, that one alone.
std::vector<const json::object*> givers_of(const json::object& claims, const ClaimsMap& map) {
    if (map.roles_in.empty()) return {&claims};
    std::vector<const json::object*> givers;
    const json::value* list = claims.if_contains(map.roles_in);
    if (list == nullptr || !list->is_array()) return givers;
    const std::string chosen =
        map.selected_claim.empty() ? "" : text_in(claims, map.selected_claim);
    for (const json::value& one : list->as_array()) {
        if (!one.is_object()) continue;
        const json::object& giver = one.as_object();
        if (chosen.empty() || text_in(giver, map.selected_member) == chosen) {
            givers.push_back(&giver);
        }
    }
    return givers;
}

std::string organisation_in(const json::object& giver, const ClaimsMap& map) {
    const auto texts = texts_in(giver, map.organisation_claim);
    return texts.size() == 1 ? *texts.begin() : "";
}

struct Standing {
    Role role = Role::practice_gp;
    PracticeCode practice;
    friend auto operator<=>(const Standing&, const Standing&) = default;
};

Result<Standing> standing_of(Role role, const std::string& organisation, const ClaimsMap& map,
                             const IsOurPractice& is_ours) {
    const auto refused = [](std::string says) {
        return Problem{ProblemKind::forbidden, std::move(says)};
    };
    const bool is_code = !organisation.empty() && packed(organisation) != bad_code;
    if (is_of_a_practice(role)) {
        if (!is_code) {
            return refused("the identity provider does not say of which practice you are");
        }
        if (!is_ours(PracticeCode(organisation))) {
            return refused(fmt::format(
                "the identity provider says that you are of {}, which is not a practice of this "
                "commissioner today: ask the administrator",
                organisation));
        }
        return Standing{role, PracticeCode(organisation)};
    }
    if (map.staff_organisations.contains("*") || map.staff_organisations.contains(organisation)) {
        return Standing{role, PracticeCode()};
    }
    return refused(
        is_code ? fmt::format("the identity provider says that you are of {}, which is not this "
                              "commissioner: ask the administrator",
                              organisation)
                : std::string("the identity provider does not say of which organisation you are"));
}

Problem several_roles() {
    return {
        ProblemKind::forbidden,
        "the identity provider gives you several roles in Purse, and an account has one: choose "
        "one there, or ask the administrator"};
}

// What one giver makes of somebody; not_found: nothing.
Result<Standing> standing_by(const json::object& giver, const ClaimsMap& map,
                             const IsOurPractice& is_ours) {
    std::set<Role> roles;
    for (const std::string& value : texts_in(giver, map.role_claim)) {
        const auto role = map.roles.find(value);
        if (role != map.roles.end()) roles.insert(role->second);
    }
    if (roles.size() > 1) return several_roles();
    if (roles.empty()) return not_found("");
    return standing_of(*roles.begin(), organisation_in(giver, map), map, is_ours);
}

// Of several givers those count that give a role here: a locum is of other practices, too.
Result<Standing> only_standing(const json::object& claims, const ClaimsMap& map,
                               const IsOurPractice& is_ours) {
    std::set<Standing> found;
    Problem why_not{ProblemKind::forbidden,
                    "the identity provider gives you no role in Purse: ask the administrator"};
    for (const json::object* giver : givers_of(claims, map)) {
        const auto standing = standing_by(*giver, map, is_ours);
        if (standing) {
            found.insert(*standing);
        } else if (standing.problem().kind == ProblemKind::forbidden) {
            why_not = standing.problem();
        }
    }
    if (found.empty()) return why_not;
    if (found.size() > 1) return several_roles();
    return *found.begin();
}

}  // namespace

Result<std::string> checked_claims(std::string_view id_token, const KeySet& keys,
                                   const OpenIdSettings& settings, std::string_view nonce,
                                   Instant now) {
    auto text = keys.claims_of(id_token);
    if (!text) return text;
    const auto claims = object_in(*text);
    if (!claims) return refused_token("its claims cannot be read");
    if (auto ours = is_for_us(*claims, settings, nonce); !ours) return ours.problem();
    if (auto in_time = is_of_now(*claims, settings.clock_skew_seconds, now); !in_time) {
        return in_time.problem();
    }
    if (!is_subject(text_in(*claims, "sub"))) return refused_token("it says of nobody");
    return text;
}

Result<std::string> with_user_info(std::string_view claims_text, std::string_view user_info) {
    auto claims = object_in(claims_text);
    const auto added = object_in(user_info);
    if (!claims || !added) return refused_token("what it adds about you cannot be read");
    if (text_in(*added, "sub") != text_in(*claims, "sub")) {
        return refused_token("what it adds is about somebody else");
    }
    for (const auto& [name, value] : *added) {
        if (!claims->contains(name)) (*claims)[name] = value;
    }
    return json::serialize(*claims);
}

Result<OpenIdIdentity> identity_of(std::string_view claims_text, const ClaimsMap& map,
                                   const IsOurPractice& is_ours) {
    const auto claims = object_in(claims_text);
    if (!claims || !is_subject(text_in(*claims, "sub"))) return refused_token("it says of nobody");
    const auto standing = only_standing(*claims, map, is_ours);
    if (!standing) return standing.problem();
    return OpenIdIdentity{.subject = text_in(*claims, "sub"),
                          .full_name = text_in(*claims, "name"),
                          .email = text_in(*claims, "email"),
                          .role = standing->role,
                          .practice = standing->practice};
}

std::string subject_of(std::string_view claims_text) {
    const auto claims = object_in(claims_text);
    return claims ? text_in(*claims, "sub") : "";
}

}  // namespace purse
