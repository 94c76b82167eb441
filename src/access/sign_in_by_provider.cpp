// Signing in through an identity provider, from its answer to a session of ours.
#include "access/accounts.hpp"
#include "access/proof.hpp"

namespace purse {

namespace {

Actor the_provider(const Visit& visit) {
    return {
        .who = "identity provider", .role = "", .address = visit.address, .at = to_text(visit.at)};
}

// `subject` only once the provider's signature under it was right: else anybody could write it.
Problem refused(Register& decisions, const std::string& subject, const Problem& why) {
    decisions.record_audit(
        {"sign_in_refused", subject.empty() ? "an unknown name" : "identity " + subject, why.says});
    return why;
}

}  // namespace

Result<ProvidedSession> Accounts::sign_in_by_provider(
    IdentityProvider& provider, const ProviderAnswer& answer, std::string_view cookie_header,
    const IsOurPractice& is_ours, const std::string& former_token, const Visit& visit) {
    const auto journey = provider.journey_of(answer, cookie_header, visit.at);
    if (!journey) return journey.problem();
    Register decisions = decisions_->acting_for(the_provider(visit));
    const auto attempt = begin_attempt(decisions, key_, "provider", journey->attempt.state,
                                       rules_.by_name, rules_.by_address, visit);
    if (!attempt) return attempt.problem();
    const auto claims = provider.claims_for(answer, *journey, visit.at);
    if (!claims) return refused(decisions, "", claims.problem());
    const std::string subject = subject_of(*claims);
    const auto identity = identity_of(*claims, provider.settings().claims, is_ours);
    if (!identity) return refused(decisions, subject, identity.problem());
    const std::string& issuer = provider.settings().issuer;
    if (provider.settings().known_people_only &&
        !decisions.account_of_identity(issuer, identity->subject)) {
        return refused(
            decisions, subject,
            {ProblemKind::forbidden,
             "nobody has opened an account for you in Purse yet: ask the administrator"});
    }
    auto session = sign_in_by_identity(issuer, *identity, visit);
    if (!session) return refused(decisions, subject, session.problem());
    decisions.attempt_succeeded(*attempt);
    if (!former_token.empty()) sign_out(former_token, visit);
    return ProvidedSession{std::move(*session), journey->page};
}

Result<NewSession> Accounts::sign_in_by_identity(const std::string& issuer,
                                                 const OpenIdIdentity& identity,
                                                 const Visit& visit) {
    Register decisions = decisions_->acting_for(the_provider(visit));
    const CommissionerCode commissioner =
        is_of_a_practice(identity.role) ? CommissionerCode() : commissioner_;
    auto account = decisions.account_of_identity(issuer, identity.subject);
    if (!account) {
        // A name that nobody chose: people who come by the provider do not type one.
        const std::string name =
            "id-" + key_.hash("identity", issuer + " " + identity.subject).substr(0, 16);
        auto added = decisions.add_account_of_identity(
            {.name = name,
             .full_name = identity.full_name.empty() ? name : identity.full_name,
             .email = identity.email,
             .role = identity.role,
             .practice = identity.practice,
             .commissioner = commissioner},
            issuer, identity.subject);
        if (!added) return added.problem();
        account = *std::move(added);
    } else if (!account->is_locked &&
               (account->role != identity.role || account->practice != identity.practice)) {
        auto changed = decisions.set_account_role(account->number, identity.role, identity.practice,
                                                  commissioner);
        if (!changed) return changed.problem();
        account = *std::move(changed);
    }
    auto session = session_for(*account, "", visit);
    if (session) return *std::move(session);
    return Problem{ProblemKind::forbidden,
                   "your account in Purse is locked: ask the administrator"};
}

}  // namespace purse
