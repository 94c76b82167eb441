// A first session at the command line, with figures that a GP can check by hand: what it prints is
// compared with the golden texts beside its data (data/first_session/README.md has the sums).
#include <gtest/gtest.h>

#include <cstdio>

#include "cli/cli.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/first_session";

// What the command prints; the test stops where it does not succeed.
std::string purse(std::vector<std::string> words) {
    words.insert(words.begin(), "purse");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    ::testing::internal::CaptureStdout();
    const int code = run_command_line(static_cast<int>(argv.size()), argv.data());
    std::fflush(stdout);
    std::string printed = ::testing::internal::GetCapturedStdout();
    if (code != 0) throw std::runtime_error(words[3] + " failed");
    return printed;
}

class FirstSession : public ::testing::Test {
  protected:
    void SetUp() override {
        const std::string site = (folder_.path() / "site").string();
        purse({"init", site, "--commissioner", "9ZZ", "--name", "Fictional Valley Commissioner"});
        in_site({"import", "organisations", file("practices.csv"), file("providers.csv")});
        in_site({"import", "lists", file("lists.csv"), "--as-at", "2017-04-01"});
        in_site({"import", "tariff", file("tariff"), "--year", "2017/18"});
        in_site({"import", "budget", file("budget.csv")});
        for (const char* set : {"apc", "op", "ae", "prescribing"}) {
            in_site({"load", set, file(std::string(set) + ".csv"), "--month", "2017-04",
                     "--extract", "freeze"});
        }
        in_site({"close", "2017-04"});
    }

    std::string in_site(std::vector<std::string> words) {
        words.insert(words.begin(), {"--site", (folder_.path() / "site").string()});
        return purse(std::move(words));
    }
    static std::string file(const std::string& name) { return (data / name).string(); }

    // PURSE_REWRITE_GOLDEN=1 writes what was printed in place of what was expected: read the
    // difference before it is committed.
    TemporaryFolder folder_;
};

TEST_F(FirstSession, prints_the_statement_that_the_sums_by_hand_give) {
    expect_golden(data / "statement.txt", in_site({"statement", "X90001", "--month", "2017-04"}));
}

TEST_F(FirstSession, says_why_non_elective_care_cost_what_it_cost) {
    expect_golden(data / "why_non_elective.txt",
                  in_site({"statement", "X90001", "--month", "2017-04", "--why", "non_elective"}));
}

TEST_F(FirstSession, explains_the_price_of_a_long_stay) {
    expect_golden(data / "explain_long_stay.txt", in_site({"explain", "A2"}));
}

TEST_F(FirstSession, explains_the_price_of_a_short_stay) {
    expect_golden(data / "explain_short_stay.txt", in_site({"explain", "A3"}));
}

TEST_F(FirstSession, adds_up_both_practices) {
    expect_golden(data / "summary.txt", in_site({"summary", "--month", "2017-04"}));
}

// SUS paid R3 in full, where the short-stay price is due: the other two agree on every field.
TEST_F(FirstSession, reconciles_with_the_prices_that_a_sus_file_carries) {
    const std::string out = (folder_.path() / "priced.csv").string();
    const std::string printed = in_site({"price", "apc", file("sus_with_prices.csv"), "--tariff",
                                         "2017/18", "--reconcile", "--out", out});
    for (const char* line :
         {"qualifying_days              3 of 3 agree", "initial_tariff               2 of 3 agree",
          "excess_bed_days_tariff       1 of 1 agree", "market_forces_factor         3 of 3 agree",
          "final_price                  2 of 3 agree"}) {
        EXPECT_NE(printed.find(line), std::string::npos) << line << "\n" << printed;
    }
    EXPECT_EQ(bytes_of(out + ".differences.csv"),
              "record_id,field,given,ours\nR3,initial_tariff,2119,636.00\n"
              "R3,final_price,2224.95,667.80\n");
}

// The figures of data/first_session/README.md, each as it is printed.
TEST_F(FirstSession, prints_every_figure_that_was_worked_out_by_hand) {
    const std::string statement = in_site({"statement", "X90001", "--month", "2017-04"});
    for (const char* figure : {"£6,079.50", "£165.90", "£75.60", "£102.90", "£55.20", "£6,479.10",
                               "£3,000.00", "+£3,079.50"}) {
        EXPECT_NE(statement.find(figure), std::string::npos) << figure << "\n" << statement;
    }
    const std::string why =
        in_site({"statement", "X90001", "--month", "2017-04", "--why", "non_elective"});
    for (const char* figure : {"£2,224.95", "£3,186.75", "£667.80"}) {
        EXPECT_NE(why.find(figure), std::string::npos) << figure << "\n" << why;
    }
    const std::string other = in_site({"statement", "X90002", "--month", "2017-04"});
    EXPECT_NE(other.find("£700.35"), std::string::npos) << other;
}

}  // namespace
}  // namespace purse::testing
