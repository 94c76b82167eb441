// Who is signed in, and who tried to.
#include <algorithm>

#include "register/state.hpp"

namespace purse {

bool Register::add_session(const StoredSession& added, const std::string& proof,
                           const std::string& expired_before) {
    return state_->store.write("begin a session", [&](Session& session) {
        session.run("delete from account_session where began_at < ?", {expired_before});
        const auto account = session.row(
            "select name, password_hash from user_account where number = ? and is_locked = 0", "tt",
            {added.account.value});
        if (!account || (!proof.empty() && text_in(*account, 1) != proof)) return false;
        session.insert("account_session", "token_digest, account, began_at, last_seen_at, address",
                       std::vector<SqlRow>{{added.token_hash, added.account.value, added.began_at,
                                            added.last_seen_at, storable(added.address)}});
        add_to_trail(session, actor_, {"signed_in", "account " + text_in(*account, 0), ""},
                     added.began_at);
        return true;
    });
}

std::optional<StoredSession> Register::find_session(const std::string& token_hash) const {
    return state_->store.read(
        "look for a session", [&](Session& session) -> std::optional<StoredSession> {
            const auto row = session.row(
                "select token_digest, account, began_at, last_seen_at, address"
                " from account_session where token_digest = ?",
                "tnttt", {token_hash});
            if (!row) return std::nullopt;
            return StoredSession{.token_hash = text_in(*row, 0),
                                 .account = {number_in(*row, 1)},
                                 .began_at = text_in(*row, 2),
                                 .last_seen_at = text_in(*row, 3),
                                 .address = text_in(*row, 4)};
        });
}

void Register::see_session(const std::string& token_hash, const std::string& at) {
    state_->store.write("keep a session", [&](Session& session) {
        session.run(
            "update account_session set last_seen_at = ?"
            " where token_digest = ? and last_seen_at < ?",
            {at, token_hash, at});
    });
}

bool Register::end_session(const std::string& token_hash) {
    return state_->store.write("end a session", [&](Session& session) {
        const auto row = session.row(
            "select user_account.name from account_session"
            " join user_account on user_account.number = account_session.account"
            " where token_digest = ?",
            "t", {token_hash});
        if (!row) return false;
        session.run("delete from account_session where token_digest = ?", {token_hash});
        add_to_trail(session, actor_, {"signed_out", "account " + text_in(*row, 0), ""}, "");
        return true;
    });
}

int Register::end_sessions(AccountNumber number) {
    return state_->store.write("end sessions", [&](Session& session) {
        const auto ended = session.number("select count(*) from account_session where account = ?",
                                          {number.value});
        session.run("delete from account_session where account = ?", {number.value});
        return static_cast<int>(ended);
    });
}

Result<AttemptNumber> Register::begin_attempt(const NewAttempt& attempt) {
    return state_->store.write("count an attempt", [&](Session& session) -> Result<AttemptNumber> {
        const auto failures = [&](std::string_view column, const std::string& of,
                                  const std::string& since) {
            return session.number("select count(*) from attempt where kind = ? and " +
                                      std::string(column) +
                                      " = ? and happened_at > ? and has_failed = 1",
                                  {attempt.kind, of, since});
        };
        const std::string address = storable(attempt.address);
        if (failures("name_digest", attempt.name_hash, attempt.since_of_name) >=
                attempt.failures_of_name ||
            failures("address", address, attempt.since_of_address) >= attempt.failures_of_address) {
            return Problem{ProblemKind::too_many,
                           "there were too many attempts: wait some minutes and try again"};
        }
        const std::int64_t number = next_number(session, "attempt");
        session.run(
            "insert into attempt (number, kind, name_digest, address, happened_at, has_failed)"
            " values (?, ?, ?, ?, ?, 1)",
            {number, attempt.kind, attempt.name_hash, address, attempt.at});
        // After the new one, so that numbers go on from it.
        session.run("delete from attempt where kind = ? and happened_at < ?",
                    {attempt.kind, std::min(attempt.since_of_name, attempt.since_of_address)});
        return AttemptNumber{number};
    });
}

void Register::attempt_succeeded(AttemptNumber number) {
    state_->store.write("count an attempt", [&](Session& session) {
        const auto row = session.row("select kind, name_digest from attempt where number = ?", "tt",
                                     {number.value});
        if (!row) return;
        session.run("update attempt set has_failed = 0 where kind = ? and name_digest = ?",
                    {text_in(*row, 0), text_in(*row, 1)});
    });
}

NetworkCode Register::network_of(PracticeCode practice, Date day) const {
    return state_->store.read("look for a network", [&](Session& session) {
        const auto row = session.row(
            "select parent from membership where practice = ? and kind = 'network'"
            " and (first_day = '' or first_day <= ?) and (last_day = '' or last_day >= ?)"
            " order by first_day desc limit 1",
            "t", {practice.text(), to_text(day), to_text(day)});
        return row ? NetworkCode(text_in(*row, 0)) : NetworkCode();
    });
}

}  // namespace purse
