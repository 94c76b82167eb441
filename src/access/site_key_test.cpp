#include "access/site_key.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace purse {
namespace {

namespace fs = std::filesystem;

TEST(SiteKey, opens_what_it_sealed_for_the_same_purpose_and_owner_only) {
    const SiteKey key = SiteKey::from_phrase("a");
    const std::string sealed = key.seal("second factor", "jane", "secret");
    EXPECT_EQ(key.open("second factor", "jane", sealed), "secret");
    EXPECT_FALSE(key.open("second factor", "john", sealed).has_value());
    EXPECT_FALSE(key.open("session", "jane", sealed).has_value());
    EXPECT_FALSE(SiteKey::from_phrase("b").open("second factor", "jane", sealed).has_value());
    EXPECT_NE(key.seal("second factor", "jane", "secret"), sealed);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(key.open("second factor", "jane", altered).has_value()) << i;
        EXPECT_FALSE(key.open("second factor", "jane", sealed.substr(0, i)).has_value()) << i;
    }
}

TEST(SiteKey, hashes_apart_by_purpose_and_key) {
    const SiteKey key = SiteKey::from_phrase("a");
    EXPECT_EQ(key.hash("session", "t"), key.hash("session", "t"));
    EXPECT_NE(key.hash("session", "t"), key.hash("csrf", "t"));
    EXPECT_NE(key.hash("session", "t"), SiteKey::from_phrase("b").hash("session", "t"));
    EXPECT_EQ(key.hash("session", "t").size(), 64U);
}

TEST(SiteKey, is_made_once_and_read_only_by_its_owner) {
    std::string name = "/tmp/purse-key-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    const fs::path file = fs::path(name) / "access.key";
    EXPECT_EQ(SiteKey::from_file(file).problem().kind, ProblemKind::not_found);
    const auto made = SiteKey::create(file);
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(SiteKey::from_file(file)->hash("a", "b"), made->hash("a", "b"));
    EXPECT_EQ(SiteKey::create(file).problem().kind, ProblemKind::conflict);
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(SiteKey::from_file(file).problem().kind, ProblemKind::forbidden);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    std::ofstream(file, std::ios::trunc) << "abc";
    EXPECT_EQ(SiteKey::from_file(file).problem().kind, ProblemKind::bad_input);
    fs::remove_all(name);
}

TEST(Token, is_256_random_bits_in_base64url) {
    EXPECT_EQ(random_token().size(), 43U);
    EXPECT_TRUE(is_token(random_token()));
    EXPECT_NE(random_token(), random_token());
    EXPECT_FALSE(is_token(""));
    EXPECT_FALSE(is_token(std::string(42, 'A')));
    EXPECT_FALSE(is_token(std::string(44, 'A')));
    EXPECT_FALSE(is_token(std::string(42, 'A') + "+"));
    EXPECT_FALSE(is_token(std::string(42, 'A') + "B"));  // bits left over
    EXPECT_EQ(from_base64url(base64url("any bytes \xFF\x00")), "any bytes \xFF");
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "abcd"));
}

}  // namespace
}  // namespace purse
