// Signing in and out, with a register of SQLite; the times are the test's.
#include "access/accounts.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "access/one_time_codes.hpp"
#include "access/passwords.hpp"

namespace purse {
namespace {

namespace fs = std::filesystem;

const std::string good = "four unlikely words together";
const std::string other = "quite another set of words";
const Actor boss{
    .who = "boss", .role = "administrator", .address = "", .at = "2026-04-01T08:00:00Z"};

AccessRules quick_rules() {
    AccessRules rules = read_access_rules(PURSE_SOURCE_DIR "/rules").value();
    rules.passwords.passes = 1;  // Argon2id's least, for the tests' speed
    rules.passwords.memory_bytes = std::size_t{8} << 10;
    return rules;
}

class SigningIn : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = "/tmp/purse-access-XXXXXX";
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        register_.emplace(
            Register::create(RegisterAddress::of_file(folder_ / "register.sqlite")).value());
        accounts_.emplace(*register_, CommissionerCode("X99"), SiteKey::from_phrase("key"),
                          quick_rules());
        ASSERT_TRUE(accounts_
                        ->add({.name = "Jane",
                               .full_name = "Jane Grey",
                               .email = "jane@example.org",
                               .role = Role::practice_gp,
                               .practice = PracticeCode("A81001")},
                              good, boss)
                        .ok());
    }
    void TearDown() override { fs::remove_all(folder_); }

    static Visit at(std::int64_t seconds, const std::string& address = "192.0.2.7") {
        return {parse_instant("2026-04-01T09:00:00Z").value() + seconds, address};
    }
    Result<SignInAnswer> try_in(const std::string& name, const std::string& password,
                                const Visit& visit, const std::string& code = "") {
        return accounts_->sign_in({.name = name, .password = password, .code = code}, visit);
    }
    NewSession in(std::int64_t seconds = 0) {
        return *try_in("jane", good, at(seconds)).value().session;
    }
    // Of the app that was enrolled with this offer's secret.
    std::string enrolled_secret(std::vector<std::string>& recovery, std::int64_t seconds) {
        const Person person = in(seconds).person;
        const auto offer = accounts_->offer_second_factor(person, good, at(seconds)).value();
        const std::string secret = from_base32(offer.secret);
        recovery =
            accounts_->confirm_second_factor(person, code_at(secret, seconds), at(seconds)).value();
        return secret;
    }
    static std::string code_at(const std::string& secret, std::int64_t seconds) {
        return one_time_code(secret,
                             static_cast<std::uint64_t>(at(seconds).at.seconds() / code_seconds));
    }
    static std::string from_base32(const std::string& text) {
        const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        std::string bytes;
        std::uint32_t held = 0;
        int bits = 0;
        for (const char c : text) {
            held = held << 5 | static_cast<std::uint32_t>(letters.find(c));
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes += static_cast<char>(held >> bits & 255U);
        }
        return bytes;
    }
    std::vector<std::string> trail() {
        std::vector<std::string> actions;
        const auto page = register_->audit({.limit = 500});
        for (const AuditEntry& entry : page->entries) {
            actions.insert(actions.begin(), entry.act.action);
        }
        return actions;
    }

    fs::path folder_;
    std::optional<Register> register_;
    std::optional<Accounts> accounts_;
};

TEST_F(SigningIn, gives_a_session_for_name_and_password) {
    const NewSession session = in();
    EXPECT_EQ(session.person.name, "jane");
    EXPECT_EQ(session.person.full_name, "Jane Grey");
    EXPECT_EQ(session.person.practice, PracticeCode("A81001"));
    EXPECT_EQ(session.person.commissioner, CommissionerCode("X99"));
    const auto current = accounts_->session(session.token, at(10));
    ASSERT_TRUE(current.ok());
    EXPECT_EQ(current->person.role, Role::practice_gp);
    EXPECT_EQ(current->csrf_token, session.csrf_token);
    EXPECT_TRUE(accounts_->check_csrf(session.token, session.csrf_token).ok());
    EXPECT_EQ(accounts_->check_csrf(session.token, in(20).csrf_token).problem().kind,
              ProblemKind::forbidden);
    accounts_->sign_out(session.token, at(30));
    EXPECT_EQ(accounts_->session(session.token, at(31)).problem().kind, ProblemKind::not_signed_in);
    EXPECT_EQ(trail(), (std::vector<std::string>{"account_added", "password_set", "signed_in",
                                                 "signed_in", "signed_out"}));
}

TEST_F(SigningIn, keeps_no_token_and_no_password) {
    const NewSession session = in();
    EXPECT_FALSE(register_->find_session(session.token).has_value());
    const std::string hash = register_->account_secrets({1}).password_hash;
    EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
    EXPECT_EQ(hash.find(good), std::string::npos);
}

TEST_F(SigningIn, says_the_same_of_unknown_names_wrong_passwords_and_locked_accounts) {
    const auto wrong = try_in("jane", other, at(0));
    const auto unknown = try_in("nobody", good, at(1));
    const auto none = try_in("jane", "", at(2));
    ASSERT_TRUE(accounts_->lock("jane", boss).ok());
    const auto locked = try_in("jane", good, at(3));
    for (const auto* refused : {&wrong, &unknown, &none, &locked}) {
        ASSERT_FALSE(refused->ok());
        EXPECT_EQ(refused->problem().kind, ProblemKind::not_signed_in);
        EXPECT_EQ(refused->problem().says, wrong.problem().says);
    }
    const auto page = register_->audit({.action = "sign_in_refused"});
    for (const AuditEntry& entry : page->entries) {
        EXPECT_EQ(entry.act.subject.find("nobody"), std::string::npos);
    }
    ASSERT_TRUE(accounts_->unlock("jane", boss).ok());
    EXPECT_TRUE(try_in("JANE ", good, at(4)).ok());
}

TEST_F(SigningIn, pauses_after_ten_failures_of_a_name_and_goes_on_after_a_quarter_of_an_hour) {
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(try_in("jane", other, at(i, "a" + std::to_string(i))).problem().kind,
                  ProblemKind::not_signed_in);
    }
    EXPECT_EQ(try_in("jane", good, at(11, "b")).problem().kind, ProblemKind::too_many);
    EXPECT_TRUE(try_in("jane", good, at(11 + 15 * 60, "b")).ok());
}

TEST_F(SigningIn, pauses_an_address_that_tries_many_names) {
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(try_in("name" + std::to_string(i), other, at(i)).problem().kind,
                  ProblemKind::not_signed_in);
    }
    EXPECT_EQ(try_in("jane", good, at(51)).problem().kind, ProblemKind::too_many);
    EXPECT_TRUE(try_in("jane", good, at(51, "192.0.2.8")).ok());
}

TEST_F(SigningIn, ends_a_session_that_is_idle_or_old) {
    const NewSession idle = in();
    EXPECT_TRUE(accounts_->session(idle.token, at(29 * 60)).ok());
    EXPECT_TRUE(accounts_->session(idle.token, at(58 * 60)).ok());
    EXPECT_FALSE(accounts_->session(idle.token, at(58 * 60 + 30 * 60)).ok());
    EXPECT_FALSE(accounts_->session(idle.token, at(59 * 60)).ok()) << "it came back";
    const NewSession busy = in();
    for (std::int64_t minute = 20; minute < 12 * 60; minute += 20) {
        ASSERT_TRUE(accounts_->session(busy.token, at(minute * 60)).ok()) << minute;
    }
    EXPECT_FALSE(accounts_->session(busy.token, at(12 * 3600)).ok());
}

TEST_F(SigningIn, refuses_what_is_no_session) {
    for (const std::string& token : {std::string(), std::string("x"), random_token(),
                                     std::string(43, '\''), std::string(100'000, 'A')}) {
        EXPECT_EQ(accounts_->session(token, at(0)).problem().kind, ProblemKind::not_signed_in);
        accounts_->sign_out(token, at(0));
    }
}

TEST_F(SigningIn, ends_the_session_that_it_replaces) {
    const NewSession first = in();
    const auto second = accounts_->sign_in(
        {.name = "jane", .password = good, .code = "", .former_token = first.token}, at(5));
    ASSERT_TRUE(second.ok());
    EXPECT_FALSE(accounts_->session(first.token, at(6)).ok());
    EXPECT_TRUE(accounts_->session(second->session->token, at(6)).ok());
}

TEST_F(SigningIn, asks_for_the_second_factor_and_takes_each_code_once) {
    std::vector<std::string> recovery;
    const std::string secret = enrolled_secret(recovery, 0);
    const auto half = try_in("jane", good, at(60));
    ASSERT_TRUE(half.ok());
    EXPECT_TRUE(half->needs_code);
    EXPECT_FALSE(half->session.has_value());
    EXPECT_FALSE(try_in("jane", good, at(61), "000000").ok());
    EXPECT_FALSE(try_in("jane", other, at(61), code_at(secret, 61)).ok());
    EXPECT_TRUE(try_in("jane", good, at(62), code_at(secret, 62))->session.has_value());
    EXPECT_FALSE(try_in("jane", good, at(63), code_at(secret, 62)).ok()) << "the same code again";
    EXPECT_TRUE(try_in("jane", good, at(100), code_at(secret, 100)).ok());
    EXPECT_TRUE(try_in("jane", good, at(101), recovery[3]).ok());
    EXPECT_FALSE(try_in("jane", good, at(102), recovery[3]).ok());
    EXPECT_EQ(register_->recovery_codes_left({1}), 9);
    EXPECT_EQ(register_->account_secrets({1}).second_factor.find(secret), std::string::npos);
}

TEST_F(SigningIn, enrols_a_second_factor_only_with_the_password_and_a_right_code) {
    const Person jane = in().person;
    EXPECT_FALSE(accounts_->offer_second_factor(jane, other, at(1)).ok());
    EXPECT_FALSE(accounts_->confirm_second_factor(jane, "000000", at(1)).ok());
    const auto offer = accounts_->offer_second_factor(jane, good, at(2));
    ASSERT_TRUE(offer.ok());
    EXPECT_FALSE(accounts_->confirm_second_factor(jane, "12345", at(2)).ok());
    EXPECT_TRUE(try_in("jane", good, at(3))->session.has_value()) << "not confirmed: not asked for";
    const std::string secret = from_base32(offer->secret);
    ASSERT_TRUE(accounts_->confirm_second_factor(jane, code_at(secret, 40), at(40)).ok());
    EXPECT_EQ(accounts_->offer_second_factor(jane, good, at(41)).problem().kind,
              ProblemKind::conflict);
    EXPECT_FALSE(accounts_->remove_second_factor(jane, good, "000000", at(42)).ok());
    EXPECT_TRUE(accounts_->remove_second_factor(jane, good, code_at(secret, 80), at(80)).ok());
    EXPECT_TRUE(try_in("jane", good, at(81))->session.has_value());
}

TEST_F(SigningIn, changes_a_password_and_ends_every_session) {
    const NewSession session = in();
    EXPECT_EQ(accounts_->change_password(session.person, other, other, at(1)).problem().kind,
              ProblemKind::not_signed_in);
    EXPECT_FALSE(accounts_->change_password(session.person, good, good, at(2)).ok());
    EXPECT_FALSE(accounts_->change_password(session.person, good, "short", at(3)).ok());
    ASSERT_TRUE(accounts_->change_password(session.person, good, other, at(4)).ok());
    EXPECT_FALSE(accounts_->session(session.token, at(5)).ok());
    EXPECT_FALSE(try_in("jane", good, at(6)).ok());
    EXPECT_TRUE(try_in("jane", other, at(7)).ok());
}

TEST_F(SigningIn, sends_a_link_to_a_new_password_that_is_good_once) {
    const std::string page = "https://purse.example/new-password";
    const auto nobody = accounts_->ask_for_link("nobody@example.org", page, at(0));
    ASSERT_TRUE(nobody.ok());
    EXPECT_FALSE(nobody->has_value());
    const auto message = accounts_->ask_for_link("Jane@Example.org", page, at(1)).value();
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->to, "jane@example.org");
    const auto begin = message->text.find(page + "#token=");
    ASSERT_NE(begin, std::string::npos);
    const std::string token = message->text.substr(begin + page.size() + 7, 43);
    EXPECT_FALSE(accounts_->set_password_by_link(token, "short", at(2)).ok());
    EXPECT_FALSE(accounts_->set_password_by_link(random_token(), other, at(2)).ok());
    EXPECT_FALSE(accounts_->set_password_by_link(token, other, at(2 + 30 * 60)).ok());
    ASSERT_TRUE(accounts_->set_password_by_link(token, other, at(3)).ok());
    EXPECT_FALSE(accounts_->set_password_by_link(token, good, at(4)).ok());
    EXPECT_TRUE(try_in("jane", other, at(5)).ok());
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(accounts_->ask_for_link("jane", page, at(6)).ok());
    ASSERT_TRUE(accounts_->ask_for_link("jane", page, at(7)).ok());
    EXPECT_EQ(accounts_->ask_for_link("jane", page, at(8)).problem().kind, ProblemKind::too_many);
}

TEST_F(SigningIn, sets_a_cookie_that_no_script_and_no_other_site_reads) {
    const std::string cookie = accounts_->cookie("T");
    EXPECT_EQ(cookie, "__Host-purse=T; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200");
    EXPECT_TRUE(Accounts::cookie_of_nobody().ends_with("Max-Age=0"));
    EXPECT_EQ(Accounts::token_in("a=b; __Host-purse=T ;c=d"), "T");
    EXPECT_EQ(Accounts::token_in("__Host-purse=T"), "T");
    for (const char* none : {"", ";", "; ;", "x__Host-purse=T", "__Host-purse", "purse=T"}) {
        EXPECT_EQ(Accounts::token_in(none), "") << none;
    }
}

TEST_F(SigningIn, takes_long_uncommon_passwords_without_asking_for_signs) {
    const UserAccount jane = *register_->find_account("jane");
    const PasswordRules rules = quick_rules().passwords;
    for (const char* fine :
         {"four unlikely words", "tortoise lamp gravel", "kLmT92!xs,qp", "zwölf schöne Wörter"}) {
        EXPECT_TRUE(acceptable_password(fine, jane, rules).ok()) << fine;
    }
    for (const char* refused :
         {"", "eleven char", "äöüäöüäöü", "password2026!", "Passw0rdPassw0rd", "qwertyuiop123",
          "aaaaaaaaaaaaaa", "abcabcabcabcabc", "123456789012", "JaneGrey1234", "jane@example.org",
          "jane.grey.12"}) {
        EXPECT_FALSE(acceptable_password(refused, jane, rules).ok()) << refused;
    }
    EXPECT_FALSE(acceptable_password(std::string(201, 'x') + good, jane, rules).ok());
    const auto problem = acceptable_password("password2026!", jane, rules).problem();
    EXPECT_EQ(problem.says.find("password2026"), std::string::npos);
}

TEST_F(SigningIn, takes_whom_the_identity_provider_names_in_the_role_it_gives) {
    const std::string issuer = "https://login.example";
    OpenIdIdentity who{.subject = "u1",
                       .full_name = "John Reed",
                       .email = "",
                       .role = Role::practice_manager,
                       .practice = PracticeCode("A81002")};
    const auto first = accounts_->sign_in_by_identity(issuer, who, at(0));
    ASSERT_TRUE(first.ok()) << first.problem().says;
    EXPECT_EQ(first->person.full_name, "John Reed");
    EXPECT_EQ(first->person.practice, PracticeCode("A81002"));
    EXPECT_TRUE(accounts_->session(first->token, at(1)).ok());
    who.role = Role::commissioner_finance;
    who.practice = {};
    const auto second = accounts_->sign_in_by_identity(issuer, who, at(2));
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->person.account, first->person.account);
    EXPECT_EQ(second->person.role, Role::commissioner_finance);
    EXPECT_EQ(second->person.commissioner, CommissionerCode("X99"));
    EXPECT_FALSE(accounts_->session(first->token, at(3)).ok()) << "in the earlier role";
    const auto other_issuer = accounts_->sign_in_by_identity("https://other.example", who, at(4));
    EXPECT_NE(other_issuer->person.account, first->person.account);
    EXPECT_FALSE(try_in(first->person.name, "", at(5)).ok()) << "it has no password";
    ASSERT_TRUE(accounts_->lock(first->person.name, boss).ok());
    EXPECT_FALSE(accounts_->sign_in_by_identity(issuer, who, at(6)).ok());
}

// Two changes at the same moment: while the old password is being proved (a third of a second here)
// the account gets a new one. Whichever is first, no session of the old password is left.
TEST_F(SigningIn, leaves_no_session_of_a_password_that_was_changed_meanwhile) {
    AccessRules slow = quick_rules();
    slow.passwords.passes = 12;
    slow.passwords.memory_bytes = std::size_t{16} << 20;
    Accounts slowly(*register_, CommissionerCode("X99"), SiteKey::from_phrase("key"), slow);
    ASSERT_TRUE(slowly.set_password("jane", good, boss).ok());
    const std::string new_hash = hashed_password(other, quick_rules().passwords);
    int refused = 0;
    for (const int pause : {0, 5, 20, 60}) {
        ASSERT_TRUE(slowly.set_password("jane", good, boss).ok());
        std::optional<SignInAnswer> answer;
        std::thread signs_in([&] {
            auto given = slowly.sign_in({.name = "jane", .password = good}, at(pause));
            if (given) answer = *std::move(given);
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(pause));
        ASSERT_TRUE(register_->acting_for(boss).set_password({1}, new_hash).ok());
        signs_in.join();
        if (!answer) ++refused;
        if (answer) {
            EXPECT_FALSE(slowly.session(answer->session->token, at(pause + 1)).ok());
        }
        EXPECT_EQ(register_->end_sessions({1}), 0) << pause;
    }
    EXPECT_GT(refused, 0) << "the two never met: nothing was tested";
}

TEST_F(SigningIn, leaves_no_session_of_an_account_that_was_locked_meanwhile) {
    const UserAccount jane = *register_->find_account("jane");
    const std::string proof = register_->account_secrets(jane.number).password_hash;
    const StoredSession session{.token_hash = "t",
                                .account = jane.number,
                                .began_at = to_text(at(0).at),
                                .last_seen_at = to_text(at(0).at),
                                .address = ""};
    ASSERT_TRUE(accounts_->lock("jane", boss).ok());
    EXPECT_FALSE(register_->add_session(session, proof, ""));
    EXPECT_FALSE(register_->add_session(session, "", ""));
    ASSERT_TRUE(accounts_->unlock("jane", boss).ok());
    EXPECT_FALSE(register_->add_session(session, "another hash", ""));
    EXPECT_FALSE(register_->find_session("t").has_value());
    EXPECT_TRUE(register_->add_session(session, proof, ""));
}

TEST_F(SigningIn, sends_no_link_to_whom_the_identity_provider_lets_in) {
    const OpenIdIdentity who{.subject = "u1",
                             .full_name = "",
                             .email = "reed@example.org",
                             .role = Role::practice_manager,
                             .practice = PracticeCode("A81002")};
    ASSERT_TRUE(accounts_->sign_in_by_identity("https://login.example", who, at(0)).ok());
    EXPECT_TRUE(accounts_->ask_for_link("jane@example.org", "https://p", at(1))->has_value());
    EXPECT_FALSE(accounts_->ask_for_link("reed@example.org", "https://p", at(2))->has_value());
}

TEST_F(SigningIn, makes_one_account_of_two_first_sign_ins_at_once) {
    const OpenIdIdentity who{.subject = "u1",
                             .full_name = "",
                             .email = "",
                             .role = Role::practice_manager,
                             .practice = PracticeCode("A81002")};
    std::atomic<int> let_in = 0;
    std::vector<std::thread> doors;
    for (int i = 0; i < 4; ++i) {
        doors.emplace_back([&] {
            if (accounts_->sign_in_by_identity("https://login.example", who, at(0)).ok()) ++let_in;
        });
    }
    for (std::thread& door : doors) door.join();
    EXPECT_EQ(let_in, 4);
    EXPECT_EQ(register_->accounts().size(), 2U);
}

TEST_F(SigningIn, refuses_names_that_are_none) {
    for (const char* name : {"", "a", ".jane", "jane grey", "ja;ne", "jän"}) {
        NewAccount account{.name = name, .full_name = "", .email = "", .role = Role::auditor};
        EXPECT_FALSE(accounts_->add(account, "", boss).ok()) << name;
    }
    EXPECT_EQ(accounts_->add({.name = "JANE", .role = Role::auditor}, "", boss).problem().kind,
              ProblemKind::conflict);
    EXPECT_EQ(accounts_->lock("nobody", boss).problem().kind, ProblemKind::not_found);
}

}  // namespace
}  // namespace purse
