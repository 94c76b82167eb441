// What is planted in a made-up commissioner is found by comparing its practices: the practice that
// refers more lies outside the funnel and nobody else does; the redesigned service shows on the
// control chart from its first month on.
#include "desk/benchmarking.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "desk/alerts.hpp"
#include "desk/closes.hpp"
#include "support/demo_site.hpp"
#include "synthesis/synthesis.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

std::string now_text() { return "2018-04-20T09:00:00Z"; }

// Twenty practices of 132,000 patients; two years of admitted care and one of outpatients.
class Commissioner {
  public:
    static Commissioner& once() {
        static Commissioner made;
        return made;
    }
    Site& site() { return *site_; }
    const Benchmarks& all() const { return *all_; }
    // The organisation that the story is told of.
    [[nodiscard]] std::string teller_of(const std::string& story) const {
        std::ifstream in(made_ / "stories.csv");
        for (std::string line; std::getline(in, line);) {
            if (!line.starts_with(story + ",")) continue;
            return line.substr(story.size() + 1,
                               line.find(',', story.size() + 1) - story.size() - 1);
        }
        throw std::runtime_error("no story " + story);
    }

  private:
    Commissioner() : made_(folder_.path() / "made") {
        SynthesisOptions options;
        options.out = made_;
        options.rules = shipped_rules_folder();
        options.practices = 20;
        options.population = 132'000;
        options.seed = 2017;
        (void)got(synthesise(options));
        site_ = std::make_unique<Site>(make_empty_site(folder_.path() / "site"));
        for (const auto& file : fs::directory_iterator(made_ / "organisations")) {
            (void)got(import_organisations(*site_, file.path()));
        }
        for (const auto& file : fs::directory_iterator(made_ / "lists")) {
            (void)got(
                import_lists(*site_, file.path(), got(parse_date(file.path().stem().string()))));
        }
        for (const auto& folder : fs::directory_iterator(made_ / "tariff")) {
            (void)got(import_tariff(*site_, folder.path(),
                                    got(parse_financial_year(folder.path().filename().string()))));
        }
        for (int month = 0; month < 24; ++month) load_month(DataSet::admitted_care, month);
        for (int month = 12; month < 24; ++month) load_month(DataSet::outpatients, month);
        (void)got(close_month(*site_, Month(2018, 3), no_progress));
        all_ = std::make_unique<Benchmarks>(got(compare_practices(*site_, Month(2018, 3))));
    }
    void load_month(DataSet set, int number) {
        const Month month = Month(2016, 4) + number;
        const fs::path file = made_ / "records" / short_name(set) / (to_text(month) + "-flex.csv");
        (void)got(load(*site_, load_command(set, month, Extract::flex, file), no_progress));
    }

    TemporaryFolder folder_;
    fs::path made_;
    std::unique_ptr<Site> site_;
    std::unique_ptr<Benchmarks> all_;
};

TEST(BenchmarkStory, the_practice_that_refers_more_lies_outside_and_no_other_is_blamed) {
    const Commissioner& made = Commissioner::once();
    const std::string practice = made.teller_of("refers more");
    for (const char* measure : {"first_outpatient", "gp_referrals"}) {
        const auto report = got(comparison_of(made.all(), measure));
        for (const PracticePosition& position : report.funnel.positions) {
            const bool teller = position.practice.text() == practice;
            EXPECT_EQ(position.standing, teller ? Standing::above : Standing::within)
                << measure << " " << position.practice.text();
        }
        EXPECT_NE(report.says.find("1 of 19 practices lies outside"), std::string::npos)
            << report.says;
        EXPECT_NE(report.says.find("All others are within."), std::string::npos);
    }
}

TEST(BenchmarkStory, the_redesign_shows_on_the_chart_from_its_first_month) {
    Commissioner& made = Commissioner::once();
    const std::string practice = made.teller_of("redesign");
    const auto report =
        got(chart_of(made.all(), chart_rebases_of(made.site()), practice, "chest_and_heart"));
    ASSERT_NE(report.chart.latest_run(), nullptr) << report.chart.says;
    const SpecialRun& run = *report.chart.latest_run();
    EXPECT_EQ(report.chart.months[run.first].month, Month(2017, 7)) << report.chart.says;
    EXPECT_EQ(run.side, -1);
    EXPECT_EQ(report.icon.letter, "L");
}

// A merged practice's patients and records are its successor's, before and after.
TEST(BenchmarkStory, a_merger_leaves_no_practice_behind_and_no_gap) {
    const Commissioner& made = Commissioner::once();
    const auto report = got(comparison_of(made.all(), "emergency_admissions"));
    EXPECT_EQ(report.funnel.positions.size(), 19U);
    EXPECT_EQ(report.funnel.find(PracticeCode(made.teller_of("merger"))), nullptr);
    double expected = 0;
    for (const PracticePosition& position : report.funnel.positions) expected += position.expected;
    EXPECT_NEAR(expected, static_cast<double>(report.funnel.observed), 0.01);
}

TEST(BenchmarkStory, a_rate_says_how_it_was_worked_out) {
    const Commissioner& made = Commissioner::once();
    const std::string practice = made.teller_of("refers more");
    const auto working = got(rate_working_of(made.all(), practice, "first_outpatient"));
    double expected = 0;
    std::int64_t observed = 0;
    for (const BandWorking& band : working.bands) {
        expected += band.expected;
        observed += band.observed;
    }
    const auto report = got(comparison_of(made.all(), "first_outpatient"));
    const PracticePosition& position = *report.funnel.find(PracticeCode(practice));
    EXPECT_NEAR(expected, position.expected, 1e-6);
    EXPECT_EQ(observed, position.observed);
    EXPECT_EQ(working.steps.back().says, "So it is more than practices differ by");
    EXPECT_FALSE(rate_working_of(made.all(), practice, "nothing").ok());
    EXPECT_FALSE(rate_working_of(made.all(), "X9", "first_outpatient").ok());
}

TEST(BenchmarkStory, limits_are_moved_by_a_person_with_a_reason_and_the_trail_says_so) {
    Commissioner& made = Commissioner::once();
    Site& site = made.site();
    const PracticeCode practice(made.teller_of("redesign"));
    RebaseCommand command{practice, "chest_and_heart", Month(2017, 7), "Ian Ivy", "", now_text()};
    EXPECT_FALSE(rebase_chart(site, command).ok());
    command.reason = "the chest clinic opened";
    command.person = "";
    EXPECT_FALSE(rebase_chart(site, command).ok());
    command.person = "Ian Ivy";
    command.measure = "nothing";
    EXPECT_FALSE(rebase_chart(site, command).ok());
    command.measure = "chest_and_heart";
    command.practice = PracticeCode("X9");
    EXPECT_FALSE(rebase_chart(site, command).ok());
    command.practice = practice;
    command.from = Month(2031, 1);
    EXPECT_FALSE(rebase_chart(site, command).ok()) << "no chart shows that month yet";
    command.from = Month(2017, 7);
    ASSERT_TRUE(rebase_chart(site, command).ok());
    const auto report =
        got(chart_of(made.all(), chart_rebases_of(site), practice.text(), "chest_and_heart"));
    EXPECT_EQ(report.chart.chart.groups.size(), 2U);
    ASSERT_EQ(report.chart.rebases.size(), 1U);
    EXPECT_EQ(report.chart.rebases[0].person, "Ian Ivy");
    const auto trail = got(site.decisions().audit({.action = "chart_rebased", .limit = 5}));
    ASSERT_EQ(trail.entries.size(), 1U);
    EXPECT_NE(trail.entries[0].act.detail.find("the chest clinic opened"), std::string::npos);
}

TEST(BenchmarkStory, alerts_are_kept_once_and_letters_go_to_those_who_want_them) {
    Commissioner& made = Commissioner::once();
    Site& site = made.site();
    const auto first = got(keep_alerts(site, Month(2018, 3), now_text()));
    const auto again = got(keep_alerts(site, Month(2018, 3), now_text()));
    EXPECT_EQ(first.fresh.size(), first.all.size());
    EXPECT_TRUE(again.fresh.empty());
    EXPECT_EQ(again.all.size(), first.all.size());
    // Few: of 19 practices, eight measures and two ways of seeing.
    EXPECT_LE(first.all.size(), 5U);
    EXPECT_FALSE(set_alert_letters(site, "nobody", LetterFrequency::weekly).ok());
    EXPECT_TRUE(got(write_alert_letters(site, got(parse_instant(now_text())))).empty());
}

std::string written_in(const fs::path& letter) {
    std::ifstream in(letter, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(BenchmarkStory, letters_tell_a_practice_of_itself_and_numbers_to_who_may_see_them) {
    Site& site = Commissioner::once().site();
    const PracticeCode practice(Commissioner::once().teller_of("redesign"));
    const auto join = [&](const std::string& name, Role role, PracticeCode of) {
        (void)got(site.decisions().add_account(
            {.name = name,
             .full_name = "",
             .email = name + "@purse.example",
             .role = role,
             .practice = of,
             .commissioner = of.empty() ? CommissionerCode("9ZZ") : CommissionerCode()}));
        EXPECT_TRUE(set_alert_letters(site, name, LetterFrequency::weekly).ok());
    };
    join("its.gp", Role::practice_gp, practice);
    join("other.gp", Role::practice_gp,
         PracticeCode(Commissioner::once().teller_of("refers more")));
    join("finance", Role::commissioner_finance, {});
    join("lead", Role::commissioner_pbc_lead, {});
    (void)site.decisions().record_alerts(
        std::vector<NewAlert>{{.month = Month(2018, 3),
                               .practice = practice,
                               .measure = "ae_attendances",
                               .seen_by = "chart",
                               .side = 1,
                               .since = Month(2017, 10),
                               .says = "A&E attendances: 31 in the month",
                               .closing = 1,
                               .at = now_text()}});
    const auto now = got(parse_instant(now_text()));
    std::map<std::string, std::string> letters;
    for (const fs::path& letter : got(write_alert_letters(site, now))) {
        const std::string text = written_in(letter);
        const auto at = text.find("To: ") + 4;
        letters[text.substr(at, text.find('@', at) - at)] = text;
    }
    const auto has = [&](const std::string& name, const std::string& part) {
        return letters[name].find(part) != std::string::npos;
    };
    ASSERT_EQ(letters.size(), 3U) << "not to the practice that it does not concern";
    EXPECT_TRUE(has("its.gp", "31 in the month"));
    EXPECT_TRUE(has("finance", "31 in the month"));
    EXPECT_FALSE(has("lead", "31"));
    EXPECT_TRUE(has("lead", "more since October 2017"));
    EXPECT_TRUE(got(write_alert_letters(site, now)).empty()) << "each is told once";
    const AlertReport report = got(alerts_of(site, Month(2018, 3), practice));
    EXPECT_EQ(report.rows.back().measure_name, "A&E attendances");
    EXPECT_TRUE(got(alerts_of(site, Month(2018, 2), std::nullopt)).rows.empty());
}

}  // namespace
}  // namespace purse::testing
