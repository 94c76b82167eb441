// Answers to requests that may be sent again, on both databases.
#include <gtest/gtest.h>

#include "register/backends_test.hpp"
#include "register/register.hpp"

namespace purse {
namespace {

class KeptAnswersOn : public testing::OnEachBackend {};
PURSE_ON_EACH_BACKEND(KeptAnswersOn);

TEST_P(KeptAnswersOn, are_begun_once_and_forgotten_in_time) {
    auto one = made();
    const KeptAnswer begun{.key_hash = "k1",
                           .request_hash = "r1",
                           .server = "s1",
                           .begun_at = "2026-04-01T10:00:00Z",
                           .answer = ""};
    EXPECT_FALSE(one.begin_kept(begun, "2026-03-31T10:00:00Z").has_value());
    auto other = Register::open(address()).value();
    const auto running = other.begin_kept(begun, "2026-03-31T10:00:00Z");
    ASSERT_TRUE(running.has_value());
    EXPECT_EQ(running->answer, "");
    one.finish_kept("k1", "sealed");
    EXPECT_EQ(other.begin_kept(begun, "2026-04-01T10:00:00Z")->answer, "sealed");
    EXPECT_EQ(other.begin_kept(begun, "2026-04-01T10:00:00Z")->request_hash, "r1");
    EXPECT_FALSE(one.begin_kept(begun, "2026-04-01T10:00:01Z").has_value()) << "a day has passed";
    one.forget_kept("k1");
    EXPECT_FALSE(one.begin_kept(begun, "2026-03-31T10:00:00Z").has_value());
    EXPECT_TRUE(one.audit({})->entries.empty());
}

}  // namespace
}  // namespace purse
