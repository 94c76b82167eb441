// Signing in and out, and who makes a request.
#include "access/account_names.hpp"
#include "access/accounts.hpp"
#include "access/cookies.hpp"
#include "access/passwords.hpp"
#include "access/proof.hpp"

namespace purse {

namespace {

constexpr std::string_view cookie_name = "__Host-purse";
// Seen again within so many seconds, a session is not written again.
constexpr std::int64_t seen_seconds = 60;

Problem not_signed_in(std::string says) { return {ProblemKind::not_signed_in, std::move(says)}; }

// Who tried is in the trail by the account's name; a name that nobody has is not, as it may be a
// password typed into the wrong field.
Problem refused(const Register& decisions, const std::optional<UserAccount>& account,
                const Visit& visit) {
    const Actor actor =
        account ? actor_of(*account, visit)
                : Actor{.who = "", .role = "", .address = visit.address, .at = to_text(visit.at)};
    decisions.acting_for(actor).record_audit(
        {"sign_in_refused", account ? "account " + account->name : "an unknown name",
         account && account->is_locked ? "the account is locked" : ""});
    return wrong_name_or_password();
}

}  // namespace

Result<SignInAnswer> Accounts::sign_in(const SignInRequest& request, const Visit& visit) {
    Register decisions = decisions_->acting_for({});
    const auto attempt = begin_attempt(decisions, key_, "sign in", request.name, rules_.by_name,
                                       rules_.by_address, visit);
    if (!attempt) return attempt.problem();
    const auto account = decisions.find_account(account_name_form(request.name));
    const AccountSecrets secrets =
        account ? decisions.account_secrets(account->number) : AccountSecrets{};
    const bool right = password_is_right(request.password, secrets.password_hash, rules_.passwords);
    if (!account || !right || account->is_locked) return refused(decisions, account, visit);
    if (secrets.second_factor_is_on) {
        if (request.code.empty()) return SignInAnswer{.session = std::nullopt, .needs_code = true};
        Register theirs = decisions.acting_for(actor_of(*account, visit));
        if (!second_factor_is_right(theirs, key_, *account, request.code, visit.at)) {
            return refused(decisions, account, visit);
        }
    }
    decisions.attempt_succeeded(*attempt);
    if (!request.former_token.empty()) sign_out(request.former_token, visit);
    // Proving takes a moment, in which somebody may lock the account or give it a new password.
    auto session = session_for(*account, secrets.password_hash, visit);
    if (!session) return refused(decisions, account, visit);
    return SignInAnswer{.session = std::move(*session), .needs_code = false};
}

std::optional<NewSession> Accounts::session_for(const UserAccount& account,
                                                const std::string& proof, const Visit& visit) {
    const std::string token = random_token();
    const std::string now = to_text(visit.at);
    const bool begun =
        decisions_->acting_for(actor_of(account, visit))
            .add_session({.token_hash = key_.hash(session_purpose, token),
                          .account = account.number,
                          .began_at = now,
                          .last_seen_at = now,
                          .address = visit.address},
                         proof, to_text(visit.at - rules_.sessions.absolute_seconds));
    if (!begun) return std::nullopt;
    return NewSession{.token = token,
                      .csrf_token = key_.hash(csrf_purpose, token),
                      .person = person_of(account, visit.at.day())};
}

Result<CurrentSession> Accounts::session(std::string_view token, const Visit& visit) {
    if (!is_token(token)) return not_signed_in("sign in first");
    const std::string hash = key_.hash(session_purpose, token);
    const auto stored = decisions_->find_session(hash);
    if (!stored) return not_signed_in("you were signed out: sign in again");
    const auto account = decisions_->find_account(stored->account);
    CHECK(account.has_value());
    const Instant began = parse_instant(stored->began_at).value();
    const Instant seen = parse_instant(stored->last_seen_at).value();
    Register theirs = decisions_->acting_for(actor_of(*account, visit));
    const bool over = visit.at >= began + rules_.sessions.absolute_seconds ||
                      visit.at >= seen + rules_.sessions.idle_seconds;
    if (over || account->is_locked) {
        theirs.end_session(hash);
        return not_signed_in("you were signed out after some time: sign in again");
    }
    if (visit.at - seen >= seen_seconds) theirs.see_session(hash, to_text(visit.at));
    return CurrentSession{.person = person_of(*account, visit.at.day()),
                          .csrf_token = key_.hash(csrf_purpose, token),
                          .ends = began + rules_.sessions.absolute_seconds};
}

Outcome Accounts::check_csrf(std::string_view token, std::string_view csrf_token) const {
    if (same_secret(key_.hash(csrf_purpose, token), csrf_token)) return Nothing{};
    return Problem{ProblemKind::forbidden,
                   "this request does not come from Purse's own pages: reload the page and try "
                   "again"};
}

void Accounts::sign_out(std::string_view token, const Visit& visit) {
    if (!is_token(token)) return;
    const std::string hash = key_.hash(session_purpose, token);
    const auto stored = decisions_->find_session(hash);
    if (!stored) return;
    const auto account = decisions_->find_account(stored->account);
    CHECK(account.has_value());
    decisions_->acting_for(actor_of(*account, visit)).end_session(hash);
}

std::string Accounts::cookie(std::string_view token) const {
    return set_cookie(cookie_name, token, rules_.sessions.absolute_seconds);
}

std::string Accounts::cookie_of_nobody() { return set_cookie(cookie_name, "", 0); }

std::string Accounts::token_in(std::string_view cookie_header) {
    return cookie_in(cookie_header, cookie_name);
}

}  // namespace purse
