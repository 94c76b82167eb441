#include "api/idempotency.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

HttpRequest post(const std::string& key, const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.target.segments = {"api", "v1", "accounts"};
    request.headers["idempotency-key"] = key;
    request.body = body;
    return request;
}

TEST(IdempotencyKeys, TheSameRequestHasTheFirstAnswer) {
    IdempotencyKeys keys;
    EXPECT_FALSE(keys.begin("ann", post("key-1", "{}")));
    keys.finish("ann", post("key-1", "{}"), json_response("first", 201));
    const auto again = keys.begin("ann", post("key-1", "{}"));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, 201);
    EXPECT_EQ(*again->body, "first");
}

TEST(IdempotencyKeys, AnotherRequestOrOneThatStillRunsIsAConflict) {
    IdempotencyKeys keys;
    EXPECT_FALSE(keys.begin("ann", post("key-1", "{}")));
    EXPECT_EQ(keys.begin("ann", post("key-1", "{}"))->status, 409);
    keys.finish("ann", post("key-1", "{}"), json_response("first"));
    EXPECT_EQ(keys.begin("ann", post("key-1", "{\"other\":1}"))->status, 409);
}

TEST(IdempotencyKeys, EachPersonHasTheirOwn_AndAFailureMayBeTriedAgain) {
    IdempotencyKeys keys;
    EXPECT_FALSE(keys.begin("ann", post("key-1", "{}")));
    EXPECT_FALSE(keys.begin("ben", post("key-1", "{}")));
    keys.finish("ann", post("key-1", "{}"), json_response("no", 503));
    EXPECT_FALSE(keys.begin("ann", post("key-1", "{}")));
}

TEST(IdempotencyKeys, WithoutAKeyNothingIsKept) {
    IdempotencyKeys keys;
    HttpRequest request = post("", "{}");
    request.headers.clear();
    EXPECT_FALSE(keys.begin("ann", request));
    EXPECT_FALSE(keys.begin("ann", request));
}

}  // namespace
}  // namespace purse
