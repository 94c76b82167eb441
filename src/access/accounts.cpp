// Who an account is, and its administration.
#include "access/accounts.hpp"

#include "access/account_names.hpp"
#include "access/passwords.hpp"

namespace purse {

namespace {

Result<UserAccount> named_account(const Register& decisions, const std::string& name) {
    const auto account = decisions.find_account(account_name_form(name));
    if (account) return *account;
    return not_found("there is no account '" + name + "': purse account list");
}

}  // namespace

Actor actor_of(const Person& person, const Visit& visit) {
    return {.who = person.name,
            .role = std::string(to_text(person.role)),
            .address = visit.address,
            .at = to_text(visit.at)};
}

Accounts::Accounts(const Register& decisions, CommissionerCode commissioner, SiteKey key,
                   AccessRules rules)
    : decisions_(&decisions), commissioner_(commissioner), key_(key), rules_(std::move(rules)) {}

Person Accounts::person_of(const UserAccount& account, Date day) const {
    const bool of_a_practice = is_of_a_practice(account.role);
    return {
        .account = account.number,
        .name = account.name,
        .full_name = account.full_name,
        .role = account.role,
        .practice = account.practice,
        .cluster = of_a_practice ? decisions_->network_of(account.practice, day) : NetworkCode(),
        .commissioner = of_a_practice ? commissioner_ : account.commissioner};
}

Whose Accounts::whose(PracticeCode practice, Date day) const {
    return Whose::of_practice(practice, decisions_->network_of(practice, day), commissioner_);
}

Result<UserAccount> Accounts::add(const NewAccount& wanted, std::string_view password,
                                  const Actor& by) {
    NewAccount account = wanted;
    account.name = account_name_form(wanted.name);
    if (account.full_name.empty()) account.full_name = account.name;
    if (auto right = is_account_name(account.name); !right) return right.problem();
    if (!password.empty()) {
        const UserAccount to_be{
            .name = account.name, .full_name = account.full_name, .email = account.email};
        if (auto fine = acceptable_password(password, to_be, rules_.passwords); !fine) {
            return fine.problem();
        }
    }
    Register register_of_by = decisions_->acting_for(by);
    auto added = register_of_by.add_account(account);
    if (!added || password.empty()) return added;
    const auto set =
        register_of_by.set_password(added->number, hashed_password(password, rules_.passwords));
    if (!set) return set.problem();
    added->has_password = true;
    return added;
}

Result<UserAccount> Accounts::set_role(const std::string& name, Role role, PracticeCode practice,
                                       CommissionerCode commissioner, const Actor& by) {
    const auto account = named_account(*decisions_, name);
    if (!account) return account;
    return decisions_->acting_for(by).set_account_role(account->number, role, practice,
                                                       commissioner);
}

Result<UserAccount> Accounts::lock(const std::string& name, const Actor& by) {
    const auto account = named_account(*decisions_, name);
    if (!account) return account;
    return decisions_->acting_for(by).set_account_locked(account->number, true);
}

Result<UserAccount> Accounts::unlock(const std::string& name, const Actor& by) {
    const auto account = named_account(*decisions_, name);
    if (!account) return account;
    return decisions_->acting_for(by).set_account_locked(account->number, false);
}

Outcome Accounts::set_password(const std::string& name, std::string_view password,
                               const Actor& by) {
    const auto account = named_account(*decisions_, name);
    if (!account) return account.problem();
    if (auto fine = acceptable_password(password, *account, rules_.passwords); !fine) return fine;
    return decisions_->acting_for(by).set_password(account->number,
                                                   hashed_password(password, rules_.passwords));
}

Outcome Accounts::drop_second_factor(const std::string& name, const Actor& by) {
    const auto account = named_account(*decisions_, name);
    if (!account) return account.problem();
    return decisions_->acting_for(by).remove_second_factor(account->number);
}

}  // namespace purse
