// `purse import referrals` killed at random instants: the month's counts are all there or none of
// them, and the next run gives what an undisturbed run gives.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "kill/killed_program.hpp"
#include "support/demo_site.hpp"
#include "support/postgres_cluster.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

// What a site holds of referrals, but for the times on its clock.
using Referrals = std::vector<std::string>;

Referrals referrals_of(const fs::path& folder) {
    const Site site = got(Site::open(folder));
    Referrals all;
    for (const CountedExtract& one : site.decisions().counted_extracts()) {
        all.push_back(fmt::format("extract {} of {}: {} of {} rows, {} {}", one.number,
                                  one.extract.about, one.extract.accepted, one.extract.rows,
                                  one.extract.digest, one.extract.rejects));
        for (const ReferralCount& count : site.decisions().referrals_of(one.number)) {
            all.push_back(fmt::format("{} {} {} {} {} {} {}", count.practice.text(),
                                      count.provider.text(), count.specialty, count.priority,
                                      count.sex, count.age_from.value_or(-1), count.count));
        }
    }
    return all;
}

std::vector<std::string> import_words(const fs::path& site, Month month) {
    return {"--site",    site.string(),
            "--quiet",   "import",
            "referrals", (demo_files() / "referrals" / (to_text(month) + ".csv")).string(),
            "--month",   to_text(month)};
}

class KilledImport {
  public:
    explicit KilledImport(const std::string& register_address)
        : whole_(scratch_.path() / "whole"), killed_(scratch_.path() / "killed") {
        make_demo_site(whole_);
        make_demo_site(killed_, {register_address, 2, whole_ / "pseudonym.key"});
    }

    // Killed at the share of the time that the same import took undisturbed, then run to its end.
    void disturb(Month month, double share) {
        const ChildEnd whole = run_purse(import_words(whole_, month), log());
        ASSERT_EQ(whole.exit_code, 0) << whole.says;
        const auto instant = std::chrono::duration_cast<microseconds>(share * whole.lasted);
        SCOPED_TRACE(fmt::format("{}: killed after {} of {} us", to_text(month), instant.count(),
                                 whole.lasted.count()));
        const Referrals before = referrals_of(killed_);
        const Referrals after = referrals_of(whole_);
        if (run_purse(import_words(killed_, month), log(), instant).killed) ++killed;
        expect_whole();
        const Referrals now = referrals_of(killed_);
        if (now == before) {
            ++as_before;
        } else {
            ASSERT_EQ(now, after) << "neither as before nor as after";
        }
        const ChildEnd again = run_purse(import_words(killed_, month), log());
        ASSERT_EQ(again.exit_code, 0) << again.says;
        ASSERT_EQ(referrals_of(killed_), after);
        expect_whole();
    }

    std::size_t killed = 0, as_before = 0;

  private:
    [[nodiscard]] fs::path log() const { return scratch_.path() / "said.log"; }
    void expect_whole() {
        const ChildEnd end = run_purse({"--site", killed_.string(), "verify"}, log());
        EXPECT_EQ(end.exit_code, 0) << end.says;
    }

    TemporaryFolder scratch_;
    fs::path whole_, killed_;
};

// One kill a month of the made-up years, at most.
std::size_t kills_wanted() {
    const char* wanted = std::getenv("PURSE_KILLS");
    return wanted == nullptr ? 20 : static_cast<std::size_t>(std::clamp(std::atoi(wanted), 1, 24));
}

void kill_imports_in(const std::string& register_address, std::uint64_t seed) {
    KilledImport import(register_address);
    std::mt19937_64 chance(seed);
    std::uniform_real_distribution<double> within(0, 1);
    const auto wanted = static_cast<int>(kills_wanted());
    for (int at = 0; at < wanted; ++at) {
        import.disturb(Month(2016, 4) + at, (at + within(chance)) / wanted);
        if (::testing::Test::HasFatalFailure()) return;
    }
    fmt::print("import: killed {} times; left as before {} times\n", import.killed,
               import.as_before);
    EXPECT_GT(import.killed, 0U);
    EXPECT_GT(import.as_before, 0U);
}

TEST(KillImport, leaves_a_site_on_sqlite_as_before_or_as_after) {
    kill_imports_in("register.db", 11);
}

TEST(KillImport, leaves_a_site_on_postgresql_as_before_or_as_after) {
    PURSE_NEEDS_POSTGRES();
    kill_imports_in(PostgresCluster::running().new_database(), 12);
}

}  // namespace
}  // namespace purse::testing
