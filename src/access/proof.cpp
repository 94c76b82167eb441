#include "access/proof.hpp"

#include "access/account_names.hpp"
#include "access/one_time_codes.hpp"

namespace purse {

Problem wrong_name_or_password() {
    return {ProblemKind::not_signed_in,
            "name, password or code is wrong, or the account is locked: ask for a link to a new "
            "password, or ask the administrator"};
}

Result<AttemptNumber> begin_attempt(Register& decisions, const SiteKey& key,
                                    const std::string& kind, const std::string& name,
                                    const FailureLimit& by_name, const FailureLimit& by_address,
                                    const Visit& visit) {
    return decisions.begin_attempt(
        {.kind = kind,
         .name_hash = key.hash("attempt", account_name_form(name)),
         .address = visit.address,
         .at = to_text(visit.at),
         .since_of_name = to_text(visit.at - by_name.within_seconds),
         .since_of_address = to_text(visit.at - by_address.within_seconds),
         .failures_of_name = by_name.failures,
         .failures_of_address = by_address.failures});
}

Actor actor_of(const UserAccount& account, const Visit& visit) {
    return {.who = account.name,
            .role = std::string(to_text(account.role)),
            .address = visit.address,
            .at = to_text(visit.at)};
}

bool second_factor_is_right(Register& decisions, const SiteKey& key, const UserAccount& account,
                            std::string_view code, Instant at) {
    const AccountSecrets secrets = decisions.account_secrets(account.number);
    const auto secret = key.open(second_factor_purpose, account.name, secrets.second_factor);
    // Sealed by another key: the site's access.key was replaced. Recovery codes are of no use then
    // either, and the administrator has to drop the second factor.
    if (!secret) return false;
    const std::string plain = plain_recovery_code(code);
    if (const auto step = step_of_code(*secret, plain, at)) {
        return decisions.take_second_factor(account.number, *step);
    }
    return decisions.take_recovery_code(account.number, key.hash(recovery_purpose, plain));
}

}  // namespace purse
