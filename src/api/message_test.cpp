#include "api/message.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Target, IsTakenApartAndDecoded) {
    const auto target = parse_target("/api/v1/practices/Y%3000001?month=2017-06&q=St+John%27s");
    ASSERT_TRUE(target.ok());
    EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "practices", "Y000001"}));
    EXPECT_EQ(target->asked("month"), "2017-06");
    EXPECT_EQ(target->asked("q"), "St John's");
    EXPECT_EQ(target->asked("limit"), std::nullopt);
}

TEST(Target, TheRootHasNoSegments) {
    const auto target = parse_target("/");
    ASSERT_TRUE(target.ok());
    EXPECT_TRUE(target->segments.empty());
}

// Each of these could lead out of a folder, or mean two things.
TEST(Target, WhatCouldMislead_IsRefused) {
    for (const char* text : {"", "pages", "/../etc/passwd", "/a/%2e%2e/b", "/a/%2E./b", "/a//b",
                             "/a/./b", "/a%2Fb", "/a%5cb", "/a%00b", "/a%0ab", "/%", "/%4", "/%zz",
                             "/a?x=%", "/a?x=1&x=2", "http://h/a", "*"}) {
        EXPECT_FALSE(parse_target(text).ok()) << text;
    }
}

TEST(Etag, TheSameBytesAreNotSentAgain) {
    HttpRequest request;
    const HttpResponse first = with_etag(json_response("{}"), request);
    ASSERT_EQ(first.status, 200);
    for (const auto& [name, value] : first.headers) {
        if (name == "ETag") request.headers["if-none-match"] = value;
    }
    const HttpResponse again = with_etag(json_response("{}"), request);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, nullptr);
    EXPECT_EQ(with_etag(json_response("{\"a\":1}"), request).status, 200);
}

TEST(Download, ANameCannotBeginAnotherHeader) {
    const HttpResponse response = download("x", "text/csv", "a\"\r\nX: b.csv");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers.front().second, "attachment; filename=\"a___X__b.csv\"");
}

}  // namespace
}  // namespace purse
