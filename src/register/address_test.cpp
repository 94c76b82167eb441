#include "register/address.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

struct Case {
    std::string text;
    RegisterKind kind;
    std::string printable;
};

TEST(RegisterAddress, is_a_file_or_a_database_and_prints_no_password) {
    const Case cases[] = {
        {"site/register.sqlite", RegisterKind::sqlite, "site/register.sqlite"},
        {"sqlite:/srv/a b/register.sqlite", RegisterKind::sqlite, "/srv/a b/register.sqlite"},
        {"postgresql://purse:s3cret@db.example:5432/purse", RegisterKind::postgresql,
         "postgresql://purse:***@db.example:5432/purse"},
        {"postgres://purse:p@ss@db/purse", RegisterKind::postgresql,
         "postgres://purse:***@db/purse"},
        {"postgresql://purse@db/purse", RegisterKind::postgresql, "postgresql://purse@db/purse"},
        {"postgresql:///purse?host=/run/pg&password=s3cret&user=u", RegisterKind::postgresql,
         "postgresql:///purse?host=/run/pg&password=***&user=u"},
        {"postgresql://db/purse?sslpassword=x", RegisterKind::postgresql,
         "postgresql://db/purse?sslpassword=x"},
    };
    for (const Case& each : cases) {
        const auto address = RegisterAddress::parse(each.text);
        ASSERT_TRUE(address.ok()) << each.text;
        EXPECT_EQ(address->kind(), each.kind) << each.text;
        EXPECT_EQ(address->printable(), each.printable);
    }
}

TEST(RegisterAddress, refuses_what_it_cannot_reach) {
    for (const std::string_view text :
         {"", "sqlite:", "mysql://u:p@h/db", "http://example/", "a\"b", "a\nb"}) {
        EXPECT_FALSE(RegisterAddress::parse(text).ok()) << text;
    }
    EXPECT_FALSE(RegisterAddress::parse(std::string_view("a\0b", 3)).ok());
}

TEST(RegisterAddress, takes_the_password_out_of_other_texts) {
    const auto address = RegisterAddress::parse("postgresql://u:s3cret@h/d").value();
    EXPECT_EQ(address.without_password("tried s3cret, then s3cret"), "tried ***, then ***");
}

}  // namespace
}  // namespace purse
