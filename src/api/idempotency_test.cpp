#include "api/idempotency.hpp"

#include <gtest/gtest.h>

#include "support/demo_site.hpp"

namespace purse {
namespace {

const Instant now(1'800'000'000);

HttpRequest post(const std::string& key, const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.target.segments = {"api", "v1", "accounts"};
    if (!key.empty()) request.headers["idempotency-key"] = key;
    request.body = body;
    return request;
}

class KeptAnswers : public ::testing::Test {
  protected:
    KeptAnswers() : address_(RegisterAddress::of_file(folder_.path() / "register.db")) {
        (void)testing::got(Register::create(address_));
        restart();
    }
    // As the server does: the register is opened again, and nothing is in memory.
    void restart() {
        keys_.reset();
        register_.emplace(testing::got(Register::open(address_)));
        keys_.emplace(*register_, SiteKey::from_phrase("key"));
    }

    testing::TemporaryFolder folder_;
    RegisterAddress address_;
    std::optional<Register> register_;
    std::optional<IdempotencyKeys> keys_;
};

TEST_F(KeptAnswers, are_given_again_after_a_restart_too) {
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
    HttpResponse first = json_response("first", 201);
    first.with("ETag", "\"1\"");
    keys_->finish("ann", post("key-1", "{}"), first);
    for (int i = 0; i < 2; ++i) {
        const auto again = keys_->begin("ann", post("key-1", "{}"), now + i);
        ASSERT_TRUE(again);
        EXPECT_EQ(again->status, 201);
        EXPECT_EQ(again->content_type, "application/json");
        EXPECT_EQ(*again->body, "first");
        EXPECT_EQ(again->headers, first.headers);
        restart();
    }
    EXPECT_EQ(keys_->begin("ann", post("key-1", "{\"other\":1}"), now)->status, 409);
}

TEST_F(KeptAnswers, are_not_to_be_had_while_the_request_runs) {
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
    const auto running = keys_->begin("ann", post("key-1", "{}"), now);
    EXPECT_EQ(running->status, 409);
    EXPECT_NE(running->body->find("still runs"), std::string::npos);
    EXPECT_EQ(keys_->begin("ann", post("key-1", "{\"other\":1}"), now)->status, 409);
    restart();
    const auto cut_short = keys_->begin("ann", post("key-1", "{}"), now);
    EXPECT_EQ(cut_short->status, 409) << "it may have been done: it is not done again unasked";
    EXPECT_NE(cut_short->body->find("the server stopped"), std::string::npos);
}

TEST_F(KeptAnswers, are_each_persons_own_and_a_failure_may_be_tried_again) {
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
    EXPECT_FALSE(keys_->begin("ben", post("key-1", "{}"), now));
    keys_->finish("ann", post("key-1", "{}"), json_response("no", 503));
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
}

TEST_F(KeptAnswers, are_forgotten_after_a_day) {
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
    keys_->finish("ann", post("key-1", "{}"), empty_response());
    EXPECT_EQ(keys_->begin("ann", post("key-1", "{}"), now + 24 * 3600)->status, 204);
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now + 24 * 3600 + 1));
}

TEST_F(KeptAnswers, are_not_kept_in_the_clear) {
    EXPECT_FALSE(keys_->begin("ann", post("key-1", "{}"), now));
    keys_->finish("ann", post("key-1", "{}"), json_response("https://p/new-password#token=abc"));
    restart();
    std::string bytes = testing::bytes_of(folder_.path() / "register.db");
    if (std::filesystem::exists(folder_.path() / "register.db-wal")) {
        bytes += testing::bytes_of(folder_.path() / "register.db-wal");
    }
    EXPECT_NE(bytes.find("kept_answer"), std::string::npos);
    EXPECT_EQ(bytes.find("token=abc"), std::string::npos);
    EXPECT_EQ(bytes.find("key-1"), std::string::npos);
}

TEST_F(KeptAnswers, need_a_key) {
    EXPECT_FALSE(keys_->begin("ann", post("", "{}"), now));
    EXPECT_FALSE(keys_->begin("ann", post("", "{}"), now));
}

}  // namespace
}  // namespace purse
