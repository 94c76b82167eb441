// Accounts and who is signed in: every use of a password, code, token or link goes through here.
// The time and the address come with every call. One Accounts serves any number of threads; each
// sign-in holds the memory that Argon2id takes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access_rules.hpp"
#include "access/identity_provider.hpp"
#include "access/open_id.hpp"
#include "access/permissions.hpp"
#include "access/site_key.hpp"
#include "base/result.hpp"
#include "calendar/instant.hpp"
#include "register/register.hpp"

namespace purse {

// A request's place in the world.
struct Visit {
    Instant at;
    std::string address;  // of the caller, as the door sees it
};

struct SignInRequest {
    std::string name;
    std::string password;
    std::string code;  // of the second factor, or a recovery code; may be empty
    // Signed in by these, an earlier session ends (its token is not used on).
    std::string former_token;
};

// A session that has just begun. The token is shown once: set it as the cookie.
struct NewSession {
    std::string token;
    std::string csrf_token;
    Person person;
};

// Either a session, or what is still missing for one.
struct SignInAnswer {
    std::optional<NewSession> session;
    bool needs_code = false;  // ask for the second factor and send name and password again with it
};

// After an identity provider's answer: a session, and the page that the person was on the way to.
struct ProvidedSession {
    NewSession session;
    std::string page;
};

// Who makes a request.
struct CurrentSession {
    Person person;
    std::string csrf_token;  // what every request that changes something must bring
    Instant ends;            // at the latest
};

// What an authenticator app is told; shown once.
struct SecondFactorOffer {
    std::string secret;  // base32
    std::string uri;     // otpauth://totp/...
};

// A message to lay into the site's outbox.
struct Message {
    std::string to;
    std::string subject;
    std::string text;
};

class Accounts {
  public:
    // The register must outlive it.
    Accounts(const Register& decisions, CommissionerCode commissioner, SiteKey key,
             AccessRules rules);

    // Signs in with name, password and, where the account has one, the second factor. Unknown
    // names, wrong passwords and locked accounts get the same answer (not_signed_in) in the same
    // time; too many failures give too_many.
    Result<SignInAnswer> sign_in(const SignInRequest& request, const Visit& visit);
    // The identity provider's answer, taken from the browser that asked for it (`cookie_header`).
    // Every answer that reaches the provider is counted as an attempt, and every refusal of one is
    // in the trail.
    Result<ProvidedSession> sign_in_by_provider(
        IdentityProvider& provider, const ProviderAnswer& answer, std::string_view cookie_header,
        const IsOurPractice& is_ours, const std::string& former_token, const Visit& visit);
    // For somebody whom the identity provider has named: their account is made the first time, and
    // takes the role and practice that the provider gives now.
    Result<NewSession> sign_in_by_identity(const std::string& issuer,
                                           const OpenIdIdentity& identity, const Visit& visit);
    // Who the token's session belongs to, or not_signed_in: ended, idle too long, too old, locked.
    Result<CurrentSession> session(std::string_view token, const Visit& visit);
    // Whether a changing request brings the session's own CSRF token; else forbidden.
    [[nodiscard]] Outcome check_csrf(std::string_view token, std::string_view csrf_token) const;
    void sign_out(std::string_view token, const Visit& visit);

    // The cookie of a session (`Set-Cookie`), and the one that removes it.
    [[nodiscard]] std::string cookie(std::string_view token) const;
    static std::string cookie_of_nobody();
    // The session's token in a request's `Cookie` header; empty when there is none.
    static std::string token_in(std::string_view cookie_header);

    // One's own password; ends every session, the caller's too: sign in again.
    Outcome change_password(const Person& person, std::string_view old_password,
                            std::string_view new_password, const Visit& visit);
    // Enrolment: show the offer as a QR code, then confirm with a code of the app. What comes back
    // are the recovery codes, shown once.
    Result<SecondFactorOffer> offer_second_factor(const Person& person, std::string_view password,
                                                  const Visit& visit);
    Result<std::vector<std::string>> confirm_second_factor(const Person& person,
                                                           std::string_view code,
                                                           const Visit& visit);
    Outcome remove_second_factor(const Person& person, std::string_view password,
                                 std::string_view code, const Visit& visit);

    // A link to a new password for the account with this name or e-mail address. The answer is the
    // same whether there is one: nothing to send, or the message. `page` is the address of the page
    // that the link opens ("https://purse.example/new-password").
    Result<std::optional<Message>> ask_for_link(const std::string& name_or_email,
                                                const std::string& page, const Visit& visit);
    Outcome set_password_by_link(std::string_view token, std::string_view new_password,
                                 const Visit& visit);

    // Administration, in somebody's name (`manage_accounts` is asked by the door).
    Result<UserAccount> add(const NewAccount& account, std::string_view password, const Actor& by);
    Result<UserAccount> set_role(const std::string& name, Role role, PracticeCode practice,
                                 CommissionerCode commissioner, const Actor& by);
    Result<UserAccount> lock(const std::string& name, const Actor& by);
    Result<UserAccount> unlock(const std::string& name, const Actor& by);
    Outcome set_password(const std::string& name, std::string_view password, const Actor& by);
    Outcome drop_second_factor(const std::string& name, const Actor& by);  // lost, after a check
    Result<std::string> link_for(const std::string& name, const std::string& page, const Actor& by,
                                 Instant at);

    // The person of an account on a day.
    [[nodiscard]] Person person_of(const UserAccount& account, Date day) const;
    // For may(): a practice's thing, with its cluster of the day, and the commissioner's.
    [[nodiscard]] Whose whose(PracticeCode practice, Date day) const;
    [[nodiscard]] Whose whose_commissioner() const { return Whose::of_commissioner(commissioner_); }
    [[nodiscard]] const AccessRules& rules() const { return rules_; }

  private:
    // For an account that has proved itself by its password as it was (`proof`), or by other means
    // (empty). Nothing where it is locked, or has another password meanwhile.
    std::optional<NewSession> session_for(const UserAccount& account, const std::string& proof,
                                          const Visit& visit);

    const Register* decisions_;
    CommissionerCode commissioner_;
    SiteKey key_;
    AccessRules rules_;
};

// The actor of a person's request, for Register::acting_for and the audit trail.
Actor actor_of(const Person& person, const Visit& visit);

}  // namespace purse
