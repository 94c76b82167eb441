#include "register/register.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "register/backends_test.hpp"
#include "register/migrations.hpp"
#include "register/store.hpp"

namespace purse {
namespace {

class RegisterOn : public testing::OnEachBackend {
  protected:
    [[nodiscard]] bool migrated_to(int version) const {
        return Store(address())
            .write("prepare the test", [&](Session& session) { return migrate(session, version); })
            .ok();
    }
};

TEST_P(RegisterOn, is_made_once_and_opened_afterwards) {
    {
        auto made = Register::create(address());
        ASSERT_TRUE(made.ok()) << made.problem().says;
        EXPECT_EQ(made->migrations().size(), static_cast<std::size_t>(Register::known_version()));
    }
    const auto again = Register::create(address());
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.problem().kind, ProblemKind::conflict);
    const auto opened = Register::open(address());
    ASSERT_TRUE(opened.ok()) << opened.problem().says;
    EXPECT_TRUE(opened->migrations().empty());
}

TEST_P(RegisterOn, is_not_opened_where_there_is_none) {
    const auto opened = Register::open(address());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.problem().kind, ProblemKind::not_found);
    EXPECT_FALSE(std::filesystem::exists(address().file()));
}

TEST_P(RegisterOn, is_not_made_among_other_tables) {
    Store(address()).write("prepare the test",
                           [](Session& session) { session.run("create table other (a text)"); });
    const auto made = Register::create(address());
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.problem().kind, ProblemKind::conflict);
}

TEST_P(RegisterOn, of_a_newer_version_is_refused) {
    {
        const auto made_one = made();
    }
    Store(address()).write("prepare the test", [](Session& session) {
        session.run("insert into schema_version (version, does) values (99, 'keeps more')");
    });
    const auto opened = Register::open(address());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.problem().kind, ProblemKind::conflict);
    EXPECT_EQ(opened.problem().says, "this register is of version 99, this program knows up to " +
                                         std::to_string(Register::known_version()) +
                                         ": install a newer Purse");
}

TEST_P(RegisterOn, of_every_older_version_is_brought_up_to_date) {
    const int known = Register::known_version();
    ASSERT_TRUE(migrated_to(1));
    Store(address()).write("prepare the test", [](Session& session) {
        session.run("insert into setting (name, content) values ('name', 'kept')");
    });
    for (int version = 2; version <= known; ++version) {
        const auto done = Store(address()).write(
            "prepare the test", [&](Session& session) { return migrate(session, version); });
        ASSERT_TRUE(done.ok());
        EXPECT_EQ(done->size(), 1U);
        EXPECT_NE(done->front().find("version " + std::to_string(version)), std::string::npos);
    }
    const auto opened = Register::open(address());
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(opened->migrations().empty());
    EXPECT_EQ(opened->setting("name"), "kept");
}

TEST_P(RegisterOn, says_what_opening_an_older_one_did) {
    ASSERT_TRUE(migrated_to(2));
    const auto opened = Register::open(address());
    ASSERT_TRUE(opened.ok());
    ASSERT_EQ(opened->migrations().size(), static_cast<std::size_t>(Register::known_version() - 2));
    EXPECT_EQ(opened->migrations().front(),
              "the register is now of version 3: it keeps loads by batch");
}

TEST_P(RegisterOn, leaves_nothing_of_a_migration_that_fails) {
    Store store(address());
    EXPECT_THROW(store.write("prepare the test",
                             [](Session& session) {
                                 const auto done = migrate(session, 2);
                                 session.run("create table nonsense (");
                                 return done.ok();
                             }),
                 StoreFailure);
    EXPECT_TRUE(store.read("look", [](Session& session) { return is_empty(session); }));
}

TEST_P(RegisterOn, keeps_settings) {
    auto made_one = made();
    made_one.set_setting("commissioner", "08R");
    made_one.set_setting("name", "St Ives — “Ouse” ‰ £ 北");
    made_one.set_setting("commissioner", "5PT");
    const auto opened = Register::open(address()).value();
    EXPECT_EQ(opened.setting("commissioner"), "5PT");
    EXPECT_EQ(opened.setting("nothing"), std::nullopt);
    EXPECT_EQ(opened.settings(),
              (std::map<std::string, std::string>{{"commissioner", "5PT"},
                                                  {"name", "St Ives — “Ouse” ‰ £ 北"}}));
}

TEST_P(RegisterOn, keeps_texts_alike_whatever_their_bytes) {
    auto one = made();
    one.set_setting("quotes", "'; drop table setting; -- ? :v1 \"");
    one.set_setting("nul", std::string("a\0b", 3));
    one.set_setting("windows-1252", "caf\xE9");
    one.set_setting("cut", "\xE2\x82");
    one.set_setting("surrogate", "\xED\xA0\x80");
    EXPECT_EQ(one.setting("quotes"), "'; drop table setting; -- ? :v1 \"");
    EXPECT_EQ(one.setting("nul"), "a\uFFFDb");
    EXPECT_EQ(one.setting("windows-1252"), "caf\uFFFD");
    EXPECT_EQ(one.setting("cut"), "\uFFFD\uFFFD");
    EXPECT_EQ(one.setting("surrogate"), "\uFFFD\uFFFD\uFFFD");
}

TEST_P(RegisterOn, tells_no_stored_value_when_a_statement_fails) {
    {
        const auto made_one = made();
    }
    Store store(address());
    const SqlRow values = {std::string("Jane Patient"), std::string("9434765919")};
    constexpr std::string_view add = "insert into setting (name, content) values (?, ?)";
    store.write("keep it", [&](Session& session) { session.run(add, values); });
    try {
        store.write("keep it", [&](Session& session) { session.run(add, values); });
        FAIL() << "the same key was kept twice";
    } catch (const StoreFailure& failure) {
        const std::string says = failure.what();
        EXPECT_EQ(says.find("Jane"), std::string::npos) << says;
        EXPECT_EQ(says.find("9434765919"), std::string::npos) << says;
        EXPECT_NE(says.find("could not keep it: it would break a rule"), std::string::npos) << says;
    }
}

TEST_P(RegisterOn, rolls_back_when_the_body_gives_a_problem_or_throws) {
    auto one = made();
    Store store(address());
    const auto refused = store.write("try", [](Session& session) -> Outcome {
        session.run("insert into setting (name, content) values ('a', 'b')");
        return conflict("no");
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_THROW(
        store.write("try",
                    [](Session& session) {
                        session.run("insert into setting (name, content) values ('a', 'b')");
                        throw std::logic_error("stop");
                    }),
        std::logic_error);
    EXPECT_TRUE(one.settings().empty());
}

PURSE_ON_EACH_BACKEND(RegisterOn);

TEST(RegisterOnSQLite, says_what_is_wrong_with_the_place) {
    EXPECT_EQ(Register::create(RegisterAddress::of_file("/no/such/folder/r")).problem().kind,
              ProblemKind::not_found);
    const auto file =
        std::filesystem::temp_directory_path() / ("purse-no-register-" + std::to_string(getpid()));
    std::ofstream(file) << std::string(8192, 'x');
    const auto opened = Register::open(RegisterAddress::of_file(file));
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.problem().kind, ProblemKind::unavailable);
    EXPECT_NE(opened.problem().says.find("not a SQLite database"), std::string::npos)
        << opened.problem().says;
    std::filesystem::remove(file);
}

TEST(RegisterOnPostgreSQL, is_unavailable_when_nobody_answers_and_keeps_the_password) {
    const auto address =
        RegisterAddress::parse("postgresql://u:s3cret@/d?host=/tmp/purse-no-such-socket").value();
    const auto opened = Register::open(address);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.problem().kind, ProblemKind::unavailable);
    EXPECT_EQ(opened.problem().says.find("s3cret"), std::string::npos) << opened.problem().says;
}

TEST(RegisterOnPostgreSQL, opens_by_a_url_with_a_password) {
    PURSE_NEEDS_POSTGRES();
    const auto url = testing::PostgresCluster::running().new_database("s3cret");
    const auto one = Register::create(RegisterAddress::parse(url).value());
    ASSERT_TRUE(one.ok()) << one.problem().says;
}

}  // namespace
}  // namespace purse
