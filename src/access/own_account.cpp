// What people do with their own account: a new password, a second factor, a link.
#include <fmt/format.h>

#include "access/account_names.hpp"
#include "access/accounts.hpp"
#include "access/one_time_codes.hpp"
#include "access/passwords.hpp"
#include "access/proof.hpp"

namespace purse {

namespace {

struct Proven {
    UserAccount account;
    AttemptNumber attempt;
};

// That it is really them: their password once more, counted as a sign-in is.
Result<Proven> proven(Register& decisions, const SiteKey& key, const AccessRules& rules,
                      const Person& person, std::string_view password, const Visit& visit) {
    const auto attempt = begin_attempt(decisions, key, "sign in", person.name, rules.by_name,
                                       rules.by_address, visit);
    if (!attempt) return attempt.problem();
    const auto account = decisions.find_account(person.account);
    const std::string hash = decisions.account_secrets(person.account).password_hash;
    if (!password_is_right(password, hash, rules.passwords) || !account || account->is_locked) {
        return wrong_name_or_password();
    }
    return Proven{*account, *attempt};
}

// The account that a link may be sent for, if there is exactly one.
std::optional<UserAccount> account_to_be_linked(const Register& decisions,
                                                const std::string& name_or_email) {
    const std::string form = account_name_form(name_or_email);
    std::optional<UserAccount> found = decisions.find_account(form);
    if (!found) {
        for (const UserAccount& account : decisions.accounts()) {
            if (account.email.empty() || account_name_form(account.email) != form) continue;
            if (found) return std::nullopt;
            found = account;
        }
    }
    if (!found || found->is_locked || found->email.empty()) return std::nullopt;
    // Who comes by the identity provider stays away with it, too: no password beside it.
    if (!found->has_password && decisions.has_identity(found->number)) return std::nullopt;
    return found;
}

std::string new_link(Register& decisions, const SiteKey& key, const AccessRules& rules,
                     const UserAccount& account, const std::string& page, Instant at) {
    const std::string token = random_token();
    decisions.add_password_link(account.number, key.hash(link_purpose, token),
                                to_text(at + rules.link_seconds));
    // After '#': browsers send it to no server, and it stands in no log.
    return page + "#token=" + token;
}

}  // namespace

Outcome Accounts::change_password(const Person& person, std::string_view old_password,
                                  std::string_view new_password, const Visit& visit) {
    Register decisions = decisions_->acting_for(actor_of(person, visit));
    const auto proof = proven(decisions, key_, rules_, person, old_password, visit);
    if (!proof) return proof.problem();
    if (same_secret(old_password, new_password)) {
        return bad_input("this is the password that you have: take another");
    }
    if (auto fine = acceptable_password(new_password, proof->account, rules_.passwords); !fine) {
        return fine;
    }
    decisions.attempt_succeeded(proof->attempt);
    return decisions.set_password(person.account, hashed_password(new_password, rules_.passwords));
}

Result<SecondFactorOffer> Accounts::offer_second_factor(const Person& person,
                                                        std::string_view password,
                                                        const Visit& visit) {
    Register decisions = decisions_->acting_for(actor_of(person, visit));
    const auto proof = proven(decisions, key_, rules_, person, password, visit);
    if (!proof) return proof.problem();
    if (proof->account.has_second_factor) {
        return conflict("there is a second factor already: remove it first");
    }
    decisions.attempt_succeeded(proof->attempt);
    const std::string secret = new_code_secret();
    const auto begun = decisions.begin_second_factor(
        person.account, key_.seal(second_factor_purpose, person.name, secret));
    if (!begun) return begun.problem();
    const std::string issuer = "Purse " + commissioner_.text();
    return SecondFactorOffer{.secret = base32(secret),
                             .uri = enrolment_uri(secret, issuer, person.name)};
}

Result<std::vector<std::string>> Accounts::confirm_second_factor(const Person& person,
                                                                 std::string_view code,
                                                                 const Visit& visit) {
    Register decisions = decisions_->acting_for(actor_of(person, visit));
    const AccountSecrets secrets = decisions.account_secrets(person.account);
    if (secrets.second_factor.empty() || secrets.second_factor_is_on) {
        return conflict("no second factor waits for its first code: begin again");
    }
    const auto secret = key_.open(second_factor_purpose, person.name, secrets.second_factor);
    if (!secret) return conflict("this secret cannot be read any more: begin again");
    const auto step = step_of_code(*secret, plain_recovery_code(code), visit.at);
    if (!step) {
        return bad_input("this is not the code that the app shows now: is its clock right?");
    }
    const std::vector<std::string> codes = new_recovery_codes();
    std::vector<std::string> hashes;
    for (const std::string& one : codes) {
        hashes.push_back(key_.hash(recovery_purpose, plain_recovery_code(one)));
    }
    const auto confirmed = decisions.confirm_second_factor(person.account, *step, hashes);
    if (!confirmed) return confirmed.problem();
    return codes;
}

Outcome Accounts::remove_second_factor(const Person& person, std::string_view password,
                                       std::string_view code, const Visit& visit) {
    Register decisions = decisions_->acting_for(actor_of(person, visit));
    const auto proof = proven(decisions, key_, rules_, person, password, visit);
    if (!proof) return proof.problem();
    if (!second_factor_is_right(decisions, key_, proof->account, code, visit.at)) {
        return wrong_name_or_password();
    }
    decisions.attempt_succeeded(proof->attempt);
    return decisions.remove_second_factor(person.account);
}

Result<std::optional<Message>> Accounts::ask_for_link(const std::string& name_or_email,
                                                      const std::string& page, const Visit& visit) {
    Register decisions = decisions_->acting_for(
        {.who = "", .role = "", .address = visit.address, .at = to_text(visit.at)});
    const auto attempt = begin_attempt(decisions, key_, "link", name_or_email, rules_.links_by_name,
                                       rules_.links_by_address, visit);
    if (!attempt) return attempt.problem();
    const auto account = account_to_be_linked(decisions, name_or_email);
    if (!account) return std::optional<Message>();
    const std::string link = new_link(decisions, key_, rules_, *account, page, visit.at);
    return std::optional(Message{
        .to = account->email,
        .subject = "Purse: a link to a new password",
        .text = fmt::format(
            "Somebody, we hope you, asked for a new password for the account {} in Purse.\n\n"
            "Choose it here within {} minutes:\n{}\n\n"
            "If it was not you, do nothing: your password stays as it is. Nobody from Purse ever "
            "asks for your password.\n",
            account->name, rules_.link_seconds / 60, link)});
}

Outcome Accounts::set_password_by_link(std::string_view token, std::string_view new_password,
                                       const Visit& visit) {
    const std::string hash = key_.hash(link_purpose, token);
    const std::string now = to_text(visit.at);
    const auto account = decisions_->account_of_link(hash, now);
    if (!is_token(token) || !account || account->is_locked) {
        return Problem{ProblemKind::forbidden,
                       "this link is spent or has expired: ask for a new one"};
    }
    if (auto fine = acceptable_password(new_password, *account, rules_.passwords); !fine) {
        return fine;
    }
    return decisions_->acting_for(actor_of(*account, visit))
        .set_password_by_link(hash, now, hashed_password(new_password, rules_.passwords));
}

Result<std::string> Accounts::link_for(const std::string& name, const std::string& page,
                                       const Actor& by, Instant at) {
    const auto account = decisions_->find_account(account_name_form(name));
    if (!account) return not_found("there is no account '" + name + "': purse account list");
    Register decisions = decisions_->acting_for(by);
    return new_link(decisions, key_, rules_, *account, page, at);
}

}  // namespace purse
