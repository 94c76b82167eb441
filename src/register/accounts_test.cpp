// Accounts, sessions and attempts in the register, on both databases.
#include "register/accounts.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "register/backends_test.hpp"

namespace purse {
namespace {

class AccountsOn : public testing::OnEachBackend {};

const Actor boss{
    .who = "boss", .role = "administrator", .address = "192.0.2.1", .at = "2026-04-01T09:00:00Z"};

NewAccount jane() {
    return {.name = "jane",
            .full_name = "Jane Grey",
            .email = "jane@example.org",
            .role = Role::practice_gp,
            .practice = PracticeCode("A81001")};
}

UserAccount added(const Register& one, const NewAccount& account = jane()) {
    return one.acting_for(boss).add_account(account).value();
}

TEST_P(AccountsOn, keep_who_may_sign_in) {
    const auto one = made();
    added(one);
    NewAccount fiona{.name = "fiona", .role = Role::commissioner_finance};
    fiona.commissioner = CommissionerCode("X99");
    added(one, fiona);
    ASSERT_EQ(one.accounts().size(), 2U);
    EXPECT_EQ(one.accounts()[0].name, "fiona");
    const auto found = one.find_account("jane");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->number, AccountNumber{1});
    EXPECT_EQ(found->full_name, "Jane Grey");
    EXPECT_EQ(found->practice, PracticeCode("A81001"));
    EXPECT_EQ(found->made_at, boss.at);
    EXPECT_FALSE(found->has_password);
    EXPECT_FALSE(one.find_account("Jane' or '1'='1").has_value());
    EXPECT_EQ(one.find_account(AccountNumber{2})->name, "fiona");
}

TEST_P(AccountsOn, refuse_a_name_twice_and_a_role_without_its_organisation) {
    auto one = made();
    added(one);
    EXPECT_EQ(one.add_account(jane()).problem().kind, ProblemKind::conflict);
    NewAccount nowhere = jane();
    nowhere.name = "nowhere";
    nowhere.practice = {};
    EXPECT_EQ(one.add_account(nowhere).problem().kind, ProblemKind::bad_input);
    NewAccount both = jane();
    both.name = "both";
    both.commissioner = CommissionerCode("X99");
    EXPECT_FALSE(one.add_account(both).ok());
    NewAccount auditor = jane();
    auditor.name = "auditor";
    auditor.role = Role::auditor;
    EXPECT_FALSE(one.add_account(auditor).ok());
    EXPECT_EQ(one.accounts().size(), 1U);
}

StoredSession session_of(const UserAccount& account, const std::string& hash) {
    return {.token_hash = hash,
            .account = account.number,
            .began_at = "2026-04-01T10:00:00Z",
            .last_seen_at = "2026-04-01T10:00:00Z",
            .address = "192.0.2.7"};
}

TEST_P(AccountsOn, end_all_sessions_with_a_new_password_a_new_role_and_a_lock) {
    auto one = made();
    const UserAccount account = added(one);
    const auto signed_in = [&] { return one.find_session("t1").has_value(); };
    const auto sign_in = [&] { one.add_session(session_of(account, "t1"), "", ""); };
    sign_in();
    EXPECT_TRUE(signed_in());
    ASSERT_TRUE(one.set_password(account.number, "hash").ok());
    EXPECT_FALSE(signed_in());
    EXPECT_TRUE(one.find_account("jane")->has_password);
    sign_in();
    ASSERT_TRUE(one.set_account_role(account.number, Role::auditor, {}, {}).ok());
    EXPECT_FALSE(signed_in());
    EXPECT_EQ(one.find_account("jane")->role, Role::auditor);
    sign_in();
    ASSERT_TRUE(one.set_account_locked(account.number, true).ok());
    EXPECT_FALSE(signed_in());
    EXPECT_TRUE(one.find_account("jane")->is_locked);
    ASSERT_TRUE(one.set_account_locked(account.number, false).ok());
    EXPECT_FALSE(one.find_account("jane")->is_locked);
    EXPECT_EQ(one.set_account_locked(AccountNumber{99}, true).problem().kind,
              ProblemKind::not_found);
}

TEST_P(AccountsOn, keep_sessions_until_they_end_or_are_too_old) {
    auto one = made();
    const UserAccount account = added(one);
    one.add_session(session_of(account, "t1"), "", "");
    one.see_session("t1", "2026-04-01T10:05:00Z");
    one.see_session("t1", "2026-04-01T10:04:00Z");  // a slower request
    EXPECT_EQ(one.find_session("t1")->last_seen_at, "2026-04-01T10:05:00Z");
    StoredSession later = session_of(account, "t2");
    later.began_at = "2026-04-02T09:00:00Z";
    one.add_session(later, "", "2026-04-01T21:00:00Z");
    EXPECT_FALSE(one.find_session("t1").has_value());
    EXPECT_TRUE(one.end_session("t2"));
    EXPECT_FALSE(one.end_session("t2"));
    one.add_session(later, "", "");
    EXPECT_EQ(one.end_sessions(account.number), 1);
    EXPECT_FALSE(one.find_session("t2").has_value());
}

NewAttempt attempt_of(const std::string& name, const std::string& address, const std::string& at) {
    return {.kind = "sign in",
            .name_hash = name,
            .address = address,
            .at = "2026-04-01T" + at + "Z",
            .since_of_name = "2026-04-01T09:00:00Z",
            .since_of_address = "2026-04-01T09:00:00Z",
            .failures_of_name = 3,
            .failures_of_address = 5};
}

TEST_P(AccountsOn, refuse_an_attempt_after_too_many_of_a_name_or_from_an_address) {
    auto one = made();
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(one.begin_attempt(attempt_of("jane", "a", "09:10:00")).ok());
    }
    EXPECT_EQ(one.begin_attempt(attempt_of("jane", "b", "09:11:00")).problem().kind,
              ProblemKind::too_many);
    EXPECT_TRUE(one.begin_attempt(attempt_of("x", "a", "09:12:00")).ok());
    EXPECT_TRUE(one.begin_attempt(attempt_of("y", "a", "09:12:00")).ok());
    EXPECT_EQ(one.begin_attempt(attempt_of("z", "a", "09:12:00")).problem().kind,
              ProblemKind::too_many);
    NewAttempt another_kind = attempt_of("jane", "a", "09:12:00");
    another_kind.kind = "link";
    EXPECT_TRUE(one.begin_attempt(another_kind).ok());
    NewAttempt later = attempt_of("jane", "a", "09:30:00");
    later.since_of_name = later.since_of_address = "2026-04-01T09:15:00Z";
    EXPECT_TRUE(one.begin_attempt(later).ok());
}

TEST_P(AccountsOn, forget_the_failures_of_a_name_once_it_is_right) {
    auto one = made();
    one.begin_attempt(attempt_of("jane", "a", "09:10:00")).value();
    one.begin_attempt(attempt_of("jane", "a", "09:11:00")).value();
    const AttemptNumber right = one.begin_attempt(attempt_of("jane", "a", "09:12:00")).value();
    EXPECT_FALSE(one.begin_attempt(attempt_of("jane", "a", "09:13:00")).ok());
    one.attempt_succeeded(right);
    EXPECT_TRUE(one.begin_attempt(attempt_of("jane", "a", "09:14:00")).ok());
}

TEST_P(AccountsOn, let_no_more_attempts_through_when_they_come_at_once) {
    auto one = made();
    std::atomic<int> through = 0;
    std::vector<std::thread> tries;
    for (int i = 0; i < 4; ++i) {
        tries.emplace_back([&] {
            for (int j = 0; j < 5; ++j) {
                if (one.begin_attempt(attempt_of("jane", "a", "09:10:00")).ok()) ++through;
            }
        });
    }
    for (std::thread& each : tries) each.join();
    EXPECT_EQ(through, 3);
}

TEST_P(AccountsOn, take_a_step_of_the_second_factor_once) {
    auto one = made();
    const UserAccount account = added(one);
    ASSERT_TRUE(one.begin_second_factor(account.number, "sealed").ok());
    EXPECT_FALSE(one.find_account("jane")->has_second_factor);
    EXPECT_EQ(one.account_secrets(account.number).second_factor, "sealed");
    const std::vector<std::string> codes = {"r1", "r2"};
    ASSERT_TRUE(one.confirm_second_factor(account.number, 100, codes).ok());
    EXPECT_TRUE(one.find_account("jane")->has_second_factor);
    EXPECT_FALSE(one.take_second_factor(account.number, 100));
    EXPECT_TRUE(one.take_second_factor(account.number, 101));
    EXPECT_FALSE(one.take_second_factor(account.number, 101));
    EXPECT_FALSE(one.take_second_factor(account.number, 99));
    EXPECT_TRUE(one.take_recovery_code(account.number, "r1"));
    EXPECT_FALSE(one.take_recovery_code(account.number, "r1"));
    EXPECT_FALSE(one.take_recovery_code(account.number, "r3"));
    EXPECT_EQ(one.recovery_codes_left(account.number), 1);
    ASSERT_TRUE(one.remove_second_factor(account.number).ok());
    EXPECT_EQ(one.recovery_codes_left(account.number), 0);
    EXPECT_TRUE(one.account_secrets(account.number).second_factor.empty());
}

TEST_P(AccountsOn, take_a_link_once_and_in_time_and_only_the_newest) {
    auto one = made();
    const UserAccount account = added(one);
    one.add_password_link(account.number, "old", "2026-04-01T10:30:00Z");
    one.add_password_link(account.number, "new", "2026-04-01T10:40:00Z");
    EXPECT_FALSE(one.account_of_link("old", "2026-04-01T10:00:00Z").has_value());
    EXPECT_TRUE(one.account_of_link("new", "2026-04-01T10:39:59Z").has_value());
    EXPECT_FALSE(one.account_of_link("new", "2026-04-01T10:40:00Z").has_value());
    EXPECT_EQ(one.set_password_by_link("new", "2026-04-01T11:00:00Z", "h").problem().kind,
              ProblemKind::forbidden);
    EXPECT_TRUE(one.set_password_by_link("new", "2026-04-01T10:20:00Z", "h").ok());
    EXPECT_FALSE(one.set_password_by_link("new", "2026-04-01T10:20:00Z", "h2").ok());
    EXPECT_EQ(one.account_secrets(account.number).password_hash, "h");
    one.add_password_link(account.number, "third", "2026-04-01T10:40:00Z");
    ASSERT_TRUE(one.set_password(account.number, "h3").ok());
    EXPECT_FALSE(one.account_of_link("third", "2026-04-01T10:00:00Z").has_value());
}

TEST_P(AccountsOn, link_an_identity_to_one_account) {
    auto one = made();
    const UserAccount account = added(one);
    const std::string issuer = "https://login.example";
    EXPECT_FALSE(one.account_of_identity(issuer, "1").has_value());
    ASSERT_TRUE(one.link_identity(account.number, issuer, "1").ok());
    EXPECT_EQ(one.account_of_identity(issuer, "1")->name, "jane");
    EXPECT_FALSE(one.account_of_identity("https://other.example", "1").has_value());
    EXPECT_EQ(one.link_identity(account.number, issuer, "1").problem().kind, ProblemKind::conflict);
}

TEST_P(AccountsOn, know_the_cluster_of_a_practice_on_a_day) {
    auto one = made();
    OrganisationFile file;
    const PracticeCode practice("A81001");
    const Date turn = Date::of(2018, 4, 1);
    file.memberships = {
        {practice, MembershipKind::network, "U1", {std::nullopt, turn - 1}},
        {practice, MembershipKind::network, "U2", {turn, std::nullopt}},
        {practice, MembershipKind::commissioner, "X99", {std::nullopt, std::nullopt}}};
    ASSERT_TRUE(one.import_organisations({.digest = "d", .imported_at = "t"}, file).ok());
    EXPECT_EQ(one.network_of(practice, turn - 1), NetworkCode("U1"));
    EXPECT_EQ(one.network_of(practice, turn), NetworkCode("U2"));
    EXPECT_EQ(one.network_of(PracticeCode("A81002"), turn), NetworkCode());
}

PURSE_ON_EACH_BACKEND(AccountsOn);

}  // namespace
}  // namespace purse
