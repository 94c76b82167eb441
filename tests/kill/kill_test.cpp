// `purse load` and `purse close` killed at random instants: the site is always exactly as before or
// exactly as after, and the next run gives what an undisturbed run gives.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "desk/closes.hpp"
#include "desk/statements.hpp"
#include "kill/killed_program.hpp"
#include "render/rendering.hpp"
#include "support/demo_site.hpp"
#include "support/postgres_cluster.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

// What a site holds, but for the times on its clock.
using SiteState = std::vector<std::string>;

std::string in_a_line(const BatchInfo& batch) {
    const NewBatch& load = batch.load;
    std::string line = fmt::format(
        "batch {} {} {} {} in {} accepted {} rejected {} {} {}", batch.number.value,
        short_name(load.set), to_text(load.month), to_text(load.stage), load.rows.in,
        load.rows.accepted, load.rows.rejected, load.records.path.string(), load.records.checksum);
    for (const ProviderRows& rows : load.providers) {
        line += fmt::format(" {}={}", rows.provider.text(), rows.rows);
    }
    for (const ReasonCount& reason : load.reasons) {
        line += fmt::format(" {}={}", reason.reason, reason.count);
    }
    return line;
}

std::string in_a_line(const Closing& closing) {
    const NewClosing& content = closing.closing;
    std::string line =
        fmt::format("closing {} of {} in {}: cube {} charges {} others {}", closing.sequence,
                    to_text(content.month), content.folder.string(), content.cube.checksum,
                    content.charges.checksum, content.other_inputs);
    for (const ClosingBatch& batch : content.batches) {
        line += fmt::format(" {}/{}", batch.batch.value, batch.provider.text());
    }
    for (const ControlTotal& total : content.totals) {
        line += fmt::format(" {}={} {}", total.stage, total.rows, plain_pounds(total.money));
    }
    return line;
}

SiteState state_of(const fs::path& folder) {
    const Site site = got(Site::open(folder));
    SiteState state;
    for (const BatchInfo& batch : site.decisions().batches()) state.push_back(in_a_line(batch));
    for (const Closing& closing : site.decisions().closings()) state.push_back(in_a_line(closing));
    return state;
}

const Month base_month(2016, 4);

std::string base_statements(const fs::path& folder) {
    const Site site = got(Site::open(folder));
    std::string all;
    for (const Statement& statement : all_statements(got(open_month(site, base_month)))) {
        all += as_json(statement);
    }
    return all;
}

// One more extract loaded, and its month closed.
struct Step {
    DataSet set;
    Month month;
    Extract stage;

    [[nodiscard]] std::vector<std::string> load_words(const fs::path& site) const {
        return {"--site",
                site.string(),
                "--quiet",
                "load",
                std::string(short_name(set)),
                demo_extract(set, month, stage).string(),
                "--month",
                to_text(month),
                "--extract",
                std::string(to_text(stage))};
    }
    [[nodiscard]] std::vector<std::string> close_words(const fs::path& site) const {
        return {"--site", site.string(), "--quiet", "close", to_text(month)};
    }
};

std::vector<Step> steps_after_base() {
    std::vector<Step> steps;
    for (Month month = base_month + 1; month < Month(2018, 3); month = month + 1) {
        for (const DataSet set : all_data_sets) {
            steps.push_back({set, month, Extract::flex});
            steps.push_back({set, month, Extract::freeze});
        }
    }
    return steps;
}

// What an undisturbed run of every step took and left.
struct Undisturbed {
    microseconds load_lasts{}, close_lasts{};
    SiteState after_load, after_close;
};

void make_base(const fs::path& folder, const DemoSiteOptions& options) {
    Site site = make_demo_site(folder, options);
    for (const DataSet set : all_data_sets) load_demo(site, set, base_month, Extract::flex);
    got(close_month(site, base_month, no_progress));
}

std::size_t kills_wanted() {
    const char* wanted = std::getenv("PURSE_KILLS");
    return wanted == nullptr ? 20 : static_cast<std::size_t>(std::max(1, std::atoi(wanted)));
}

// Kill instants as shares of the undisturbed run, one in each of `count` equal slices: of the whole
// run, and every other one of its last third, where files are put in place and the register is
// written.
std::vector<double> spread_shares(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 chance(seed);
    std::uniform_real_distribution<double> within(0, 1);
    std::vector<double> shares;
    for (std::size_t i = 0; i < count; ++i) {
        const double share = (static_cast<double>(i) + within(chance)) / static_cast<double>(count);
        shares.push_back(i % 2 == 0 ? share : (2 + share) / 3);
    }
    std::ranges::shuffle(shares, chance);
    return shares;
}

// Counts the kills of one command and deals out their instants.
struct Killing {
    std::vector<double> shares;
    std::size_t killed = 0;
    std::size_t left_as_before = 0;
    std::size_t left_files =
        0;  // times that verify named files of which the register knows nothing
    std::size_t came_too_late = 0;
    double hurry = 1;

    [[nodiscard]] bool enough() const { return killed == shares.size(); }
    // A machine that has become faster since the undisturbed run must not end before every kill.
    [[nodiscard]] double share() const { return shares[killed] * hurry; }
    void take(const ChildEnd& end) {
        (end.killed ? killed : came_too_late) += 1;
        hurry = end.killed ? 1 : hurry * 0.9;
    }
};

class KilledSite {
  public:
    KilledSite(fs::path folder, fs::path log)
        : folder_(std::move(folder)), log_(std::move(log)), base_(base_statements(folder_)) {}

    // Kills the command (again, while the site stays as before and kills are wanted), then lets it
    // run to its end.
    void disturb(const std::vector<std::string>& words, microseconds lasts, const SiteState& before,
                 const SiteState& after, Killing& killing) {
        for (int time = 0; time < 2 && !killing.enough(); ++time) {
            const auto instant = std::chrono::duration_cast<microseconds>(
                killing.share() * std::chrono::duration<double, std::micro>(lasts));
            const ChildEnd end = run_purse(words, log_, instant);
            killing.take(end);
            if (!end.killed) {
                ASSERT_EQ(end.exit_code, 0) << end.says;
            }
            SCOPED_TRACE(fmt::format("killed after {} of {} us", instant.count(), lasts.count()));
            if (expect_whole().find("belongs to nothing") != std::string::npos) {
                ++killing.left_files;
            }
            const SiteState now = state_of(folder_);
            if (now != before) {
                ASSERT_EQ(now, after) << "neither as before nor as after";
                break;
            }
            ++killing.left_as_before;
        }
        const ChildEnd end = run_purse(words, log_);
        ASSERT_EQ(end.exit_code, 0) << end.says;
        ASSERT_EQ(state_of(folder_), after) << end.says;
        expect_whole();
    }

    void expect_cleaned_to_nothing_but_what_counts() {
        ASSERT_EQ(run_purse({"--site", folder_.string(), "clean"}, log_).exit_code, 0);
        EXPECT_EQ(expect_whole().find("belongs to nothing"), std::string::npos);
    }

  private:
    // What verify says.
    std::string expect_whole() {
        const ChildEnd end = run_purse({"--site", folder_.string(), "verify"}, log_);
        EXPECT_EQ(end.exit_code, 0) << end.says;
        EXPECT_TRUE(base_statements(folder_) == base_) << "a closed month's statements changed";
        return end.says;
    }

    fs::path folder_;
    fs::path log_;
    std::string base_;
};

class KillTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { kept_ = new Kept; }
    static void TearDownTestSuite() { delete kept_; }

    // Steps are run undisturbed once, when they are first asked for, and kept for both registers.
    static const Undisturbed& undisturbed(std::size_t at) {
        Kept& kept = *kept_;
        while (kept.done.size() <= at) {
            const Step& step = kept.steps[kept.done.size()];
            Undisturbed one;
            one.load_lasts = run_whole(step.load_words(kept.site()));
            one.after_load = state_of(kept.site());
            one.close_lasts = run_whole(step.close_words(kept.site()));
            one.after_close = state_of(kept.site());
            kept.done.push_back(std::move(one));
        }
        return kept.done[at];
    }

    void kill_in(const std::string& register_address, std::uint64_t seed) {
        const fs::path folder = kept_->folder.path() / fmt::format("killed-{}", seed);
        make_base(folder, {register_address, 2, kept_->site() / "pseudonym.key"});
        KilledSite site(folder, kept_->folder.path() / "killed.log");
        Killing loads{spread_shares(kills_wanted(), seed)};
        Killing closes{spread_shares(kills_wanted(), seed + 1)};
        SiteState before = state_of(folder);
        for (std::size_t at = 0; !loads.enough() || !closes.enough(); ++at) {
            ASSERT_LT(at, kept_->steps.size()) << "too few steps for so many kills";
            const Step& step = kept_->steps[at];
            const Undisturbed& whole = undisturbed(at);
            SCOPED_TRACE(fmt::format("step {}: {} {} {}", at, short_name(step.set),
                                     to_text(step.month), to_text(step.stage)));
            site.disturb(step.load_words(folder), whole.load_lasts, before, whole.after_load,
                         loads);
            if (HasFatalFailure()) return;
            site.disturb(step.close_words(folder), whole.close_lasts, whole.after_load,
                         whole.after_close, closes);
            if (HasFatalFailure()) return;
            before = whole.after_close;
        }
        site.expect_cleaned_to_nothing_but_what_counts();
        say("load", loads);
        say("close", closes);
    }

  private:
    struct Kept {
        Kept() { make_base(site(), {}); }
        [[nodiscard]] fs::path site() const { return folder.path() / "undisturbed"; }
        TemporaryFolder folder;
        std::vector<Step> steps = steps_after_base();
        std::vector<Undisturbed> done;
    };

    static microseconds run_whole(const std::vector<std::string>& words) {
        const ChildEnd end = run_purse(words, kept_->folder.path() / "undisturbed.log");
        if (end.exit_code != 0) throw std::runtime_error(end.says);
        return end.lasted;
    }

    // Kills that all came before the first write would show nothing.
    static void say(const char* command, const Killing& killing) {
        fmt::print(
            "{}: killed {} times; left as before {} times (in {} with files that belong to "
            "nothing); {} ended before their kill\n",
            command, killing.killed, killing.left_as_before, killing.left_files,
            killing.came_too_late);
        EXPECT_GT(killing.left_as_before, 0U);
        EXPECT_GT(killing.left_files, 0U);
    }

    static inline Kept* kept_ = nullptr;
};

TEST_F(KillTest, a_site_on_sqlite_is_as_before_or_as_after) { kill_in("register.db", 1); }

TEST_F(KillTest, a_site_on_postgresql_is_as_before_or_as_after) {
    PURSE_NEEDS_POSTGRES();
    kill_in(PostgresCluster::running().new_database(), 3);
}

}  // namespace
}  // namespace purse::testing
