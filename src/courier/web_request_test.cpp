// What is refused before anything goes out. What comes back is tested against real servers
// (tests/signon).
#include "courier/web_request.hpp"

#include <gtest/gtest.h>

#include "courier/mail_relay.hpp"

namespace purse {
namespace {

TEST(WebRequests, go_over_https_only_but_to_the_machine_itself) {
    for (const char* address :
         {"", "no address", "http://login.example/", "ftp://login.example/", "file:///etc/passwd",
          "http://127.0.0.1.login.example/", "https://ann:secret@login.example/",
          "http://localhost@login.example/"}) {
        const auto answer = ask({.address = address, .form = {}, .headers = {}, .authorities = {}});
        ASSERT_FALSE(answer.ok()) << address;
        EXPECT_EQ(answer.problem().kind, ProblemKind::bad_input) << address;
    }
}

TEST(WebRequests, without_an_answer_are_unavailable) {
    // Nobody listens on port 1.
    const auto answer =
        ask({.address = "http://127.0.0.1:1/", .form = {}, .headers = {}, .authorities = {}});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.problem().kind, ProblemKind::unavailable);
    EXPECT_TRUE(answer.problem().says.starts_with("127.0.0.1 cannot be reached"))
        << answer.problem().says;
}

TEST(Mail, goes_to_a_mail_systems_address) {
    for (const char* fine :
         {"smtp://mail.example:587", "smtps://mail.example", "SMTP://[::1]:25"}) {
        EXPECT_TRUE(may_relay({.address = fine}).ok()) << fine;
    }
    for (const char* wrong :
         {"", "mail.example", "http://mail.example", "smtp://ann:secret@mail.example"}) {
        EXPECT_FALSE(may_relay({.address = wrong}).ok()) << wrong;
    }
    EXPECT_TRUE(is_mail_address("p.finch@nhs.example"));
    for (const char* wrong : {"", "@", "ann@", "@x", "a@b@c", "ann x@y", "ann@y\r\nRCPT TO:<z@z>",
                              "Ann <ann@y>", "a,b@y"}) {
        EXPECT_FALSE(is_mail_address(wrong)) << wrong;
    }
    EXPECT_EQ(
        hand_over({.from = "p@x", .to = "nobody", .content = ""}, {.address = "smtp://127.0.0.1:1"})
            .problem()
            .kind,
        ProblemKind::bad_input);
    EXPECT_EQ(
        hand_over({.from = "p@x", .to = "ann@y", .content = ""}, {.address = "smtp://127.0.0.1:1"})
            .problem()
            .kind,
        ProblemKind::unavailable);
}

}  // namespace
}  // namespace purse
