// Rounds of the mail carrier over an outbox, with a relay that answers what the test says. A real
// one is asked in tests/signon.
#include "desk/mail_carrier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "access/site_key.hpp"

namespace purse {
namespace {

namespace fs = std::filesystem;

const Instant now(1'800'000'000);

class Outbox : public ::testing::Test {
  protected:
    Outbox() : folder_("/tmp/purse-outbox-" + random_token()) { fs::create_directories(folder_); }
    ~Outbox() override { fs::remove_all(folder_); }

    void letter(const std::string& name, Instant written = now) {
        std::ofstream(folder_ / (name + ".eml"), std::ios::binary)
            << "To: " << name
            << "@example.org\r\nSubject: A link\r\nX-Purse-Written: " << to_text(written)
            << "\r\n\r\nHere.\r\n";
    }
    std::vector<std::string> left(const fs::path& where) {
        std::vector<std::string> names;
        std::error_code fault;
        for (const auto& entry : fs::directory_iterator(where, fault)) {
            if (entry.path().extension() == ".eml") names.push_back(entry.path().stem().string());
        }
        std::ranges::sort(names);
        return names;
    }
    MailRound round() {
        return MailRound(folder_, {.relay = {}, .from = "Purse <purse@icb.example>"},
                         [this](const Envelope& letter, const MailRelay&) -> Outcome {
                             handed_.push_back(letter);
                             if (fault_) return *fault_;
                             return Nothing{};
                         });
    }

    fs::path folder_;
    std::optional<Problem> fault_;
    std::vector<Envelope> handed_;
};

TEST_F(Outbox, is_sent_with_a_sender_and_a_date_and_emptied) {
    letter("ann");
    letter("ben");
    MailRound carrier = round();
    EXPECT_EQ(carrier.go(now).sent, 2);
    ASSERT_EQ(handed_.size(), 2U);
    EXPECT_EQ(handed_[0].from, "purse@icb.example");
    EXPECT_EQ(handed_[0].to, "ann@example.org");
    EXPECT_TRUE(handed_[0].content.starts_with(
        "From: Purse <purse@icb.example>\r\nDate: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
        "Message-ID: <ann@icb.example>\r\nTo: ann@example.org\r\n"))
        << handed_[0].content;
    EXPECT_TRUE(left(folder_).empty());
    EXPECT_EQ(carrier.go(now).sent, 0);
}

TEST_F(Outbox, waits_twice_as_long_after_each_failure_and_lets_others_by) {
    letter("ann");
    letter("ben");
    fault_ = Problem{ProblemKind::unavailable, "mail.example cannot be reached"};
    MailRound carrier = round();
    EXPECT_EQ(carrier.go(now).waiting, 1) << "the relay is down: one attempt tells";
    fault_.reset();
    EXPECT_EQ(carrier.go(now + 5).sent, 1);
    EXPECT_EQ(left(folder_), std::vector<std::string>{"ann"});
    EXPECT_EQ(carrier.go(now + 59).sent, 0);
    fault_ = Problem{ProblemKind::unavailable, "mail.example cannot be reached"};
    EXPECT_EQ(carrier.go(now + 60).waiting, 1);
    fault_.reset();
    EXPECT_EQ(carrier.go(now + 60 + 119).sent, 0);
    EXPECT_EQ(carrier.go(now + 60 + 120).sent, 1);
    EXPECT_TRUE(left(folder_).empty());
}

TEST_F(Outbox, gives_up_what_is_refused_for_good_or_two_days_old) {
    letter("ann");
    letter("old", now - MailRound::given_up_seconds);
    MailRound carrier = round();
    fault_ = bad_input("mail.example refuses the letter for good (reply 550)");
    EXPECT_EQ(carrier.go(now).undelivered, 2);
    letter("old", now - MailRound::given_up_seconds);
    fault_ = Problem{ProblemKind::unavailable, "mail.example cannot be reached"};
    EXPECT_EQ(carrier.go(now).undelivered, 1);
    EXPECT_TRUE(left(folder_).empty());
    EXPECT_EQ(left(folder_ / "undelivered"), (std::vector<std::string>{"ann", "old"}));
    std::ifstream why(folder_ / "undelivered" / "ann.why");
    std::string line;
    std::getline(why, line);
    EXPECT_EQ(line, "mail.example refuses the letter for good (reply 550)");
}

TEST_F(Outbox, is_carried_by_one_server_at_a_time) {
    letter("ann");
    MailRound second = round();
    MailRound first(folder_, {.relay = {}, .from = "p@x"},
                    [&](const Envelope&, const MailRelay&) -> Outcome {
                        EXPECT_EQ(second.go(now).sent, 0);
                        return Nothing{};
                    });
    EXPECT_EQ(first.go(now).sent, 1);
    EXPECT_TRUE(handed_.empty());
}

TEST_F(Outbox, is_sent_on_where_the_settings_say_so) {
    const fs::path file = folder_ / "purse.toml";
    const auto read = [&](const std::string& text) {
        std::ofstream(file, std::ios::trunc) << text;
        return read_mail_settings(file);
    };
    EXPECT_FALSE(read("[commissioner]\ncode = \"X\"\n")->has_value());
    const std::string plain =
        "[mail]\nsmtp = \"smtp://mail.example:587\"\nfrom = \"p@x.example\"\n";
    EXPECT_EQ((*read(plain))->from, "p@x.example");
    EXPECT_FALSE(read("[mail]\nsmtp = \"smtp://mail.example\"\n").ok()) << "no sender";
    EXPECT_FALSE(read("[mail]\nfrom = \"p@x\"\n").ok()) << "no relay";
    EXPECT_FALSE(read("[mail]\nsmtp = \"http://x\"\nfrom = \"p@x\"\n").ok());
    EXPECT_FALSE(read(plain + "user = \"purse\"\n").ok()) << "no password";
    std::ofstream(folder_ / "mail.password") << "s3cret\n";
    const std::string with_password =
        plain + "user = \"purse\"\npassword_file = \"mail.password\"\n";
    EXPECT_FALSE(read(with_password).ok()) << "others may read it";
    fs::permissions(folder_ / "mail.password", fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ((*read(with_password))->relay.password, "s3cret");
}

}  // namespace
}  // namespace purse
