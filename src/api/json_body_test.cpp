#include "api/json_body.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(JsonBody, FieldsAreReadByName) {
    auto body = JsonBody::parse(R"({"name":"p.finch","is_locked":true})");
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(body->text("name", 60), "p.finch");
    EXPECT_EQ(body->text("email", 60, false), "");
    EXPECT_EQ(body->flag("is_locked"), true);
    EXPECT_TRUE(body->done().ok());
}

TEST(JsonBody, WhatIsNoObject_IsRefused) {
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    for (const std::string& text :
         {std::string(), std::string("[]"), std::string("1"), std::string("{"),
          std::string("{\"a\":1}x"), "{\"a\":" + deep + "}", std::string("{\"a\":\"\xff\"}")}) {
        EXPECT_FALSE(JsonBody::parse(text).ok()) << text;
    }
}

struct BadBody {
    const char* text;
    const char* says;
};

TEST(JsonBody, TheFirstFaultNamesItsField) {
    for (const BadBody& bad :
         {BadBody{"{}", "'name' is missing"}, BadBody{R"({"name":1})", "'name' is not a text"},
          BadBody{R"({"name":""})", "'name' is empty"},
          BadBody{R"({"name":"abcdef"})", "longer than 5"}, BadBody{R"({"name":"a\u0000"})", "NUL"},
          BadBody{R"({"name":"a","nmae":"b"})", "no field 'nmae'"}}) {
        auto body = JsonBody::parse(bad.text);
        ASSERT_TRUE(body.ok()) << bad.text;
        (void)body->text("name", 5);
        const auto done = body->done();
        ASSERT_FALSE(done.ok()) << bad.text;
        EXPECT_NE(done.problem().says.find(bad.says), std::string::npos) << done.problem().says;
    }
}

TEST(JsonBody, CharactersCountAndNotBytes) {
    auto body = JsonBody::parse("{\"name\":\"\xC3\xA9\xC3\xA9\xC3\xA9\"}");
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(body->text("name", 3).size(), 6U);
    EXPECT_TRUE(body->done().ok());
}

}  // namespace
}  // namespace purse
