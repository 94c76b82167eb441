#include "register/accounts.hpp"

#include <algorithm>

#include "register/state.hpp"

namespace purse {

namespace {

constexpr std::string_view account_columns =
    "number, name, full_name, email, role, practice, commissioner, is_locked, password_hash,"
    " second_factor_is_on, made_at";
constexpr std::string_view account_types =
    "ntttttt"
    "ntnt";

UserAccount account_in(const SqlRow& row) {
    return {.number = {number_in(row, 0)},
            .name = text_in(row, 1),
            .full_name = text_in(row, 2),
            .email = text_in(row, 3),
            .role = stored(parse_role(text_in(row, 4))),
            .practice = PracticeCode(text_in(row, 5)),
            .commissioner = CommissionerCode(text_in(row, 6)),
            .is_locked = number_in(row, 7) == 1,
            .has_password = !text_in(row, 8).empty(),
            .has_second_factor = number_in(row, 9) == 1,
            .made_at = text_in(row, 10)};
}

std::optional<UserAccount> account_where(Session& session, std::string_view condition,
                                         const SqlRow& values) {
    const auto row = session.row("select " + std::string(account_columns) +
                                     " from user_account where " + std::string(condition),
                                 account_types, values);
    return row ? std::optional(account_in(*row)) : std::nullopt;
}

std::optional<UserAccount> numbered(Session& session, AccountNumber number) {
    return account_where(session, "number = ?", {number.value});
}

Problem no_account() { return not_found("there is no such account"); }

void drop_sessions(Session& session, AccountNumber number) {
    session.run("delete from account_session where account = ?", {number.value});
}

// For the trail: who the account lets in, and as what.
std::string belonging(const UserAccount& account) {
    const std::string where =
        account.practice.empty() ? account.commissioner.text() : account.practice.text();
    return std::string(to_text(account.role)) + (where.empty() ? "" : " of " + where);
}

Outcome role_has_its_organisation(Role role, PracticeCode practice, CommissionerCode commissioner) {
    const std::string who = "the account of a " + std::string(in_words(role));
    if (is_of_a_practice(role) == practice.empty()) {
        return bad_input(practice.empty() ? who + " needs the practice's code"
                                          : who + " belongs to no practice");
    }
    if (is_of_a_practice(role) && !commissioner.empty()) {
        return bad_input(who + " belongs to a practice, not to a commissioner");
    }
    return Nothing{};
}

template <class Change>
Result<UserAccount> change_account(Store& store, std::string_view doing, const Actor& actor,
                                   AccountNumber number, const AuditedAct& act, Change change) {
    return store.write(doing, [&](Session& session) -> Result<UserAccount> {
        if (!numbered(session, number)) return no_account();
        change(session);
        const UserAccount account = *numbered(session, number);
        add_to_trail(session, actor,
                     {act.action, "account " + account.name,
                      act.detail.empty() ? belonging(account) : act.detail},
                     "");
        return account;
    });
}

Outcome done(const Result<UserAccount>& changed) {
    if (!changed) return changed.problem();
    return Nothing{};
}

void put_password(Session& session, AccountNumber number, const std::string& hash) {
    session.run("update user_account set password_hash = ? where number = ?", {hash, number.value});
    drop_sessions(session, number);
    session.run("delete from password_link where account = ?", {number.value});
}

Result<UserAccount> added_account(Session& session, const Actor& actor, const NewAccount& account) {
    if (const auto fine =
            role_has_its_organisation(account.role, account.practice, account.commissioner);
        !fine) {
        return fine.problem();
    }
    if (account_where(session, "name = ?", {account.name})) {
        return conflict("there is an account named '" + account.name + "' already");
    }
    const AccountNumber number{next_number(session, "user_account")};
    session.run(
        "insert into user_account (number, name, full_name, email, role, practice,"
        " commissioner, is_locked, password_hash, second_factor, second_factor_is_on,"
        " last_second_factor, made_at) values (?, ?, ?, ?, ?, ?, ?, 0, '', '', 0, 0, ?)",
        {number.value, account.name, account.full_name, account.email,
         std::string(to_text(account.role)), account.practice.text(), account.commissioner.text(),
         actor.at});
    const UserAccount added = *numbered(session, number);
    add_to_trail(session, actor, {"account_added", "account " + added.name, belonging(added)}, "");
    return added;
}

std::optional<UserAccount> identified(Session& session, const std::string& issuer,
                                      const std::string& subject) {
    return account_where(
        session,
        "number in (select account from account_identity where issuer = ? and subject = ?)",
        {storable(issuer), storable(subject)});
}

void put_identity(Session& session, const Actor& actor, const UserAccount& account,
                  const std::string& issuer, const std::string& subject) {
    session.run("insert into account_identity (issuer, subject, account) values (?, ?, ?)",
                {storable(issuer), storable(subject), account.number.value});
    add_to_trail(session, actor, {"identity_linked", "account " + account.name, issuer}, "");
}

constexpr std::string_view good_link =
    "select account from password_link where digest = ? and "
    "expires_at > ?";

}  // namespace

Result<UserAccount> Register::add_account(const NewAccount& account) {
    return state_->store.write("add an account", [&](Session& session) {
        return added_account(session, actor_, account);
    });
}

std::vector<UserAccount> Register::accounts() const {
    return state_->store.read("list its accounts", [](Session& session) {
        std::vector<UserAccount> all;
        for (const SqlRow& row : session.rows(
                 "select " + std::string(account_columns) + " from user_account", account_types)) {
            all.push_back(account_in(row));
        }
        std::ranges::sort(all, {}, &UserAccount::name);  // databases sort texts in their own ways
        return all;
    });
}

std::optional<UserAccount> Register::find_account(std::string_view name) const {
    return state_->store.read("look for an account", [&](Session& session) {
        return account_where(session, "name = ?", {storable(name)});
    });
}

std::optional<UserAccount> Register::find_account(AccountNumber number) const {
    return state_->store.read("look for an account",
                              [&](Session& session) { return numbered(session, number); });
}

AccountSecrets Register::account_secrets(AccountNumber number) const {
    return state_->store.read("read an account", [&](Session& session) {
        const auto row = session.row(
            "select password_hash, second_factor, second_factor_is_on, last_second_factor"
            " from user_account where number = ?",
            "ttnn", {number.value});
        if (!row) return AccountSecrets{};
        return AccountSecrets{.password_hash = text_in(*row, 0),
                              .second_factor = text_in(*row, 1),
                              .second_factor_is_on = number_in(*row, 2) == 1,
                              .last_second_factor = number_in(*row, 3)};
    });
}

Result<UserAccount> Register::set_account_role(AccountNumber number, Role role,
                                               PracticeCode practice,
                                               CommissionerCode commissioner) {
    if (const auto fine = role_has_its_organisation(role, practice, commissioner); !fine) {
        return fine.problem();
    }
    return change_account(
        state_->store, "change an account", actor_, number, {"account_role_set", "", ""},
        [&](Session& session) {
            session.run(
                "update user_account set role = ?, practice = ?, commissioner = ?"
                " where number = ?",
                {std::string(to_text(role)), practice.text(), commissioner.text(), number.value});
            drop_sessions(session, number);
        });
}

Result<UserAccount> Register::set_account_locked(AccountNumber number, bool locked) {
    return change_account(state_->store, "change an account", actor_, number,
                          {locked ? "account_locked" : "account_unlocked", "", ""},
                          [&](Session& session) {
                              session.run("update user_account set is_locked = ? where number = ?",
                                          {std::int64_t{locked ? 1 : 0}, number.value});
                              if (locked) drop_sessions(session, number);
                          });
}

Outcome Register::set_password(AccountNumber number, const std::string& hash) {
    return done(change_account(state_->store, "set a password", actor_, number,
                               {"password_set", "", ""},
                               [&](Session& session) { put_password(session, number, hash); }));
}

std::optional<UserAccount> Register::account_of_identity(const std::string& issuer,
                                                         const std::string& subject) const {
    return state_->store.read("look for an account", [&](Session& session) {
        return identified(session, issuer, subject);
    });
}

bool Register::has_identity(AccountNumber number) const {
    return state_->store.read("look for an identity", [&](Session& session) {
        return session.number("select count(*) from account_identity where account = ?",
                              {number.value}) > 0;
    });
}

Outcome Register::link_identity(AccountNumber number, const std::string& issuer,
                                const std::string& subject) {
    return state_->store.write("link an account", [&](Session& session) -> Outcome {
        const auto account = numbered(session, number);
        if (!account) return no_account();
        if (identified(session, issuer, subject)) {
            return conflict("somebody's account is linked to this identity already");
        }
        put_identity(session, actor_, *account, issuer, subject);
        return Nothing{};
    });
}

Result<UserAccount> Register::add_account_of_identity(const NewAccount& account,
                                                      const std::string& issuer,
                                                      const std::string& subject) {
    return state_->store.write("add an account", [&](Session& session) -> Result<UserAccount> {
        if (const auto there = identified(session, issuer, subject)) return *there;
        auto added = added_account(session, actor_, account);
        if (added) put_identity(session, actor_, *added, issuer, subject);
        return added;
    });
}

Outcome Register::begin_second_factor(AccountNumber number, const std::string& sealed_secret) {
    return done(
        change_account(state_->store, "begin a second factor", actor_, number,
                       {"second_factor_offered", "", ""}, [&](Session& session) {
                           session.run(
                               "update user_account set second_factor = ?, second_factor_is_on = 0,"
                               " last_second_factor = 0 where number = ?",
                               {sealed_secret, number.value});
                       }));
}

Outcome Register::confirm_second_factor(AccountNumber number, std::int64_t step,
                                        std::span<const std::string> recovery_hashes) {
    return done(change_account(
        state_->store, "confirm a second factor", actor_, number, {"second_factor_on", "", ""},
        [&](Session& session) {
            session.run(
                "update user_account set second_factor_is_on = 1, last_second_factor = ?"
                " where number = ?",
                {step, number.value});
            session.run("delete from recovery_code where account = ?", {number.value});
            for (const std::string& hash : recovery_hashes) {
                session.run("insert into recovery_code (account, digest) values (?, ?)",
                            {number.value, hash});
            }
        }));
}

Outcome Register::remove_second_factor(AccountNumber number) {
    return done(change_account(
        state_->store, "remove a second factor", actor_, number, {"second_factor_off", "", ""},
        [&](Session& session) {
            session.run(
                "update user_account set second_factor = '', second_factor_is_on = 0,"
                " last_second_factor = 0 where number = ?",
                {number.value});
            session.run("delete from recovery_code where account = ?", {number.value});
        }));
}

bool Register::take_second_factor(AccountNumber number, std::int64_t step) {
    return state_->store.write("take a code", [&](Session& session) {
        if (session.number("select count(*) from user_account where number = ?"
                           " and last_second_factor < ?",
                           {number.value, step}) == 0) {
            return false;
        }
        session.run("update user_account set last_second_factor = ? where number = ?",
                    {step, number.value});
        return true;
    });
}

bool Register::take_recovery_code(AccountNumber number, const std::string& hash) {
    return state_->store.write("take a recovery code", [&](Session& session) {
        const auto account = numbered(session, number);
        if (!account ||
            session.number("select count(*) from recovery_code where account = ? and digest = ?",
                           {number.value, hash}) == 0) {
            return false;
        }
        session.run("delete from recovery_code where account = ? and digest = ?",
                    {number.value, hash});
        add_to_trail(session, actor_, {"recovery_code_used", "account " + account->name, ""}, "");
        return true;
    });
}

int Register::recovery_codes_left(AccountNumber number) const {
    return state_->store.read("count recovery codes", [&](Session& session) {
        return static_cast<int>(
            session.number("select count(*) from recovery_code where account = ?", {number.value}));
    });
}

void Register::add_password_link(AccountNumber number, const std::string& hash,
                                 const std::string& expires_at) {
    state_->store.write("add a link", [&](Session& session) {
        const auto account = numbered(session, number);
        if (!account) return;
        // One link at a time: the newest.
        session.run("delete from password_link where account = ?", {number.value});
        session.run("insert into password_link (digest, account, expires_at) values (?, ?, ?)",
                    {hash, number.value, expires_at});
        add_to_trail(session, actor_, {"password_link_made", "account " + account->name, ""}, "");
    });
}

std::optional<UserAccount> Register::account_of_link(const std::string& hash,
                                                     const std::string& at) const {
    return state_->store.read("look for a link", [&](Session& session) {
        return account_where(session, "number in (" + std::string(good_link) + ")", {hash, at});
    });
}

Outcome Register::set_password_by_link(const std::string& hash, const std::string& at,
                                       const std::string& password_hash) {
    return state_->store.write("set a password", [&](Session& session) -> Outcome {
        const auto row = session.row(good_link, "n", {hash, at});
        if (!row) {
            return Problem{ProblemKind::forbidden,
                           "this link is spent or has expired: ask for a new one"};
        }
        const AccountNumber number{number_in(*row, 0)};
        const UserAccount account = *numbered(session, number);
        put_password(session, number, password_hash);
        add_to_trail(session, actor_, {"password_set", "account " + account.name, "by a link"}, at);
        return Nothing{};
    });
}

}  // namespace purse
