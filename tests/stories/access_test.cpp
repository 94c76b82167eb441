// Accounts on a site: who did what is in the trail, and a trail that somebody altered does not
// verify.
#include <gtest/gtest.h>

#include <fstream>

#include "cli/cli.hpp"
#include "desk/site_access.hpp"
#include "desk/verifying.hpp"
#include "support/altered_register.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

class AccountsOfASite : public ::testing::Test {
  protected:
    void SetUp() override {
        SiteSettings settings;
        settings.commissioner = CommissionerCode("X99");
        settings.name = "Newtown";
        got(Site::create(folder_.path(), settings));
    }
    Site site() { return got(Site::open(folder_.path())); }
    // One command; what it printed.
    std::string purse(std::vector<std::string> words, int exit_code = 0) {
        words.insert(words.begin(), {"purse", "--site", folder_.path().string()});
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        ::testing::internal::CaptureStdout();
        EXPECT_EQ(run_command_line(static_cast<int>(arguments.size()), arguments.data()),
                  exit_code);
        std::fflush(stdout);
        return ::testing::internal::GetCapturedStdout();
    }

    TemporaryFolder folder_;
};

const Actor fiona{.who = "fiona",
                  .role = "commissioner_finance",
                  .address = "192.0.2.1",
                  .at = "2026-04-01T09:00:00Z"};

TEST_F(AccountsOfASite, are_added_listed_changed_and_locked_from_the_command_line) {
    EXPECT_EQ(purse({"account", "add", "Jane", "--role", "practice-gp", "--practice", "A81001",
                     "--no-password"}),
              "added the account 'jane' (practice GP, A81001)\n"
              "nobody can sign in with it yet: purse account reset-password jane\n");
    purse({"account", "add", "fiona", "--role", "commissioner-finance", "--no-password"});
    purse({"account", "add", "nowhere", "--role", "practice-gp", "--no-password"}, 2);
    purse({"account", "add", "fiona", "--role", "auditor", "--no-password"}, 4);
    purse({"account", "add", "x1", "--role", "king", "--no-password"}, 2);
    EXPECT_EQ(purse({"account", "set-role", "fiona", "--role", "auditor"}),
              "changed the account 'fiona' (auditor, X99)\n");
    EXPECT_EQ(purse({"account", "lock", "jane"}),
              "locked the account 'jane' (practice GP, A81001)\n");
    const std::string list = purse({"account", "list"});
    EXPECT_NE(list.find("jane                     practice GP                        A81001   no "
                        "      no     yes\n"),
              std::string::npos)
        << list;
    purse({"account", "lock", "nobody"}, 3);
    const std::string link = purse({"account", "reset-password", "fiona", "--link", "https://p/"});
    EXPECT_TRUE(link.starts_with("https://p/#token=")) << link;
    const std::string trail = purse({"audit", "search", "--subject", "account fiona"});
    EXPECT_NE(trail.find("command line ("), std::string::npos) << trail;
    EXPECT_NE(trail.find("account_role_set  account fiona  auditor of X99"), std::string::npos)
        << trail;
    purse({"audit", "search", "--limit", "501"}, 2);
    purse({"audit", "search", "--from", "yesterday"}, 2);
}

TEST_F(AccountsOfASite, have_a_key_that_is_made_once) {
    const fs::path key = folder_.path() / "access.key";
    EXPECT_FALSE(fs::exists(key));
    {
        const Site one = site();
        SiteAccess access = got(open_access(one));
        EXPECT_EQ(fs::status(key).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        got(access.accounts.add({.name = "fiona", .role = Role::auditor}, "four unlikely words",
                                fiona));
    }
    const std::string bytes = bytes_of(key);
    const Site one = site();
    got(open_access(one));
    EXPECT_EQ(bytes_of(key), bytes);
    fs::remove(key);
    EXPECT_EQ(open_access(one).problem().kind, ProblemKind::not_found);
    EXPECT_FALSE(fs::exists(key)) << "a new key would lock everybody out";
}

TEST_F(AccountsOfASite, get_messages_through_the_outbox) {
    const Site one = site();
    const fs::path file = got(post(one,
                                   {.to = "jane@example.org\r\nBcc: x@example.org",
                                    .subject = "A link",
                                    .text = "Here\nit is\n"},
                                   got(parse_instant("2026-04-01T09:00:00Z"))));
    EXPECT_EQ(file.parent_path(), one.outbox_folder());
    EXPECT_EQ(file.extension(), ".eml");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const std::string text = bytes_of(file);
    EXPECT_TRUE(text.starts_with("To: jane@example.org  Bcc: x@example.org\r\nSubject: A link\r\n"))
        << text;
    EXPECT_TRUE(text.ends_with("\r\n\r\nHere\r\nit is\r\n")) << text;
}

TEST_F(AccountsOfASite, get_messages_in_any_letters) {
    const Site one = site();
    const fs::path file =
        got(post(one,
                 {.to = "jane@example.org",
                  .subject = "Overspent by £12,000: the budget of St Ives — “Ouse”",
                  .text = "£12,000\n"},
                 got(parse_instant("2026-04-01T09:00:00Z"))));
    const std::string text = bytes_of(file);
    for (const char c : text) ASSERT_GE(c, 0) << text;
    EXPECT_NE(text.find("\r\nSubject: =?utf-8?B?T3ZlcnNwZW50IGJ5IMKjMTIsMDAwO"), std::string::npos)
        << text;
    EXPECT_TRUE(text.ends_with("\r\n\r\nwqMxMiwwMDAK\r\n")) << text;
}

TEST_F(AccountsOfASite, are_linked_to_somebody_whom_the_identity_provider_knows) {
    purse({"account", "add", "fiona", "--role", "auditor", "--no-password"});
    purse({"account", "link", "fiona", "--subject", "u1"}, 4);
    std::ofstream(folder_.path() / "purse.toml", std::ios::app)
        << "[oidc]\nissuer = \"https://login.example\"\nclient = \"purse\"\n"
           "redirect = \"https://purse.example/api/v1/sign-in/provider/answer\"\n"
           "role_claim = \"roles\"\norganisation_claim = \"org\"\n"
           "[oidc.roles]\nAudit = \"auditor\"\n";
    EXPECT_EQ(purse({"account", "link", "fiona", "--subject", "u1"}),
              "linked the account 'fiona' (auditor, X99)\n");
    purse({"account", "link", "nobody", "--subject", "u2"}, 3);
    purse({"account", "link", "fiona", "--subject", "u1"}, 4);
    EXPECT_EQ(site().decisions().account_of_identity("https://login.example", "u1")->name, "fiona");
}

TEST_F(AccountsOfASite, leave_a_trail_that_does_not_verify_once_it_is_altered) {
    {
        const Site one = site();
        Site hers = one.acting_for(fiona);
        hers.decisions().set_setting("note", "a");
        hers.decisions().record_audit({"read_patient_rows", "A81001", "2017-06"});
    }
    EXPECT_TRUE(verify(site()).good());
    const auto entries = got(site().decisions().audit({.who = "fiona"})).entries;
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].act.action, "read_patient_rows");
    const fs::path file = folder_.path() / "register.db";
    alter_register(file, "update audit_entry set who = 'jane' where action = 'read_patient_rows'");
    EXPECT_FALSE(verify(site()).good());
    alter_register(file, "update audit_entry set who = 'fiona' where action = 'read_patient_rows'");
    EXPECT_TRUE(verify(site()).good());
    alter_register(file, "delete from audit_entry where action = 'read_patient_rows'");
    EXPECT_FALSE(verify(site()).good());
    purse({"verify"}, 4);
}

}  // namespace
}  // namespace purse::testing
