// A practice's April holds what should not be there: one stay twice, two stays at once, a clinic
// after a death, a first attendance again. From the rules that find them to the credit in May; what
// everybody sees is compared with the golden texts in data/challenges, whose sums a GP can check by
// hand (its README.md).
#include "desk/challenges.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "answers/challenge_tables.hpp"
#include "cli/challenge_output.hpp"
#include "desk/challenge_figures.hpp"
#include "desk/challenge_findings.hpp"
#include "desk/challenge_report.hpp"
#include "desk/closes.hpp"
#include "desk/provider_answers.hpp"
#include "desk/verifying.hpp"
#include "render/rendering.hpp"
#include "render/table_files.hpp"
#include "support/altered_register.hpp"
#include "support/demo_site.hpp"

namespace purse::testing {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(PURSE_SOURCE_DIR) / "tests/stories/data/challenges";
const fs::path& first_session = first_session_files();
const Month april(2017, 4);
const Month may(2017, 5);
const PracticeCode mill_lane("X90001");
const ProviderCode hospital("ZX1");

ChallengeCommand by(Role role, const std::string& author, const std::string& day,
                    const std::string& says = "") {
    return {.role = role, .author = author, .says = says, .at = day + "T09:00:00Z", .after = {}};
}

class Challenges : public ::testing::Test {
  protected:
    void SetUp() override {
        site_.emplace(make_first_session_site(folder_.path() / "site"));
        got(import_lists(*site_, first_session / "lists.csv", Date::of(2017, 4, 1)));
        got(import_tariff(*site_, first_session / "tariff", FinancialYear(2017)));
        got(import_budget(*site_, first_session / "budget.csv"));
        load(DataSet::admitted_care, april, Extract::flex, "apc_april.csv");
        load(DataSet::outpatients, april, Extract::flex, "op_april.csv");
        got(close_month(*site_, april, no_progress));
    }

    Site& site() { return *site_; }

    void load(DataSet set, Month month, Extract stage, const std::string& file) {
        got(purse::load(site(), load_command(set, month, stage, data / file), no_progress));
    }

    // As found: the stay twice, the first attendance again, the second stay at once, and the clinic
    // after the death.
    void mark_all() {
        mark("A2", DataSet::admitted_care, ChallengeReason::duplicate, "2017-06-05",
             "one stay, two records");
        mark("O3", DataSet::outpatients, ChallengeReason::wrong_hrg, "2017-06-05",
             "seen three weeks before");
        mark("A5", DataSet::admitted_care, ChallengeReason::did_not_happen, "2017-06-06", "");
        mark("O4", DataSet::outpatients, ChallengeReason::did_not_happen, "2017-06-06",
             "died on 12 April");
    }
    void mark(const std::string& record, DataSet set, ChallengeReason reason,
              const std::string& day, const std::string& note) {
        ChallengeMark one;
        one.practice = mill_lane;
        one.month = april;
        one.reason = reason;
        one.set = set;
        one.record_id = record;
        got(mark_challenge(site(), one, by(Role::practice_gp, "Dr Mill", day, note)));
    }

    // The provider accepts the first, a part of the second, and declines the third; the practice
    // withdraws the fourth.
    void answer_all() {
        const auto sent = got(pass_to_provider(
            site(), hospital, by(Role::commissioner_information, "Ian Ivy", "2017-06-12")));
        EXPECT_EQ(sent.challenges.size(), 4U);
        expect_golden(data / "provider_file.csv", csv_of(table_of(sent)));
        const std::string answers =
            "challenge,answer,accepted_pounds,words\n"
            "1,accept,,entered twice by the ward\n"
            "2,part,80.00,it was a follow-up\n"
            "3,decline,,two wards: both stays are in the notes\n";
        const auto command = by(Role::commissioner_information, "Ian Ivy", "2017-06-26");
        EXPECT_EQ(
            got(take_provider_answers(site(), hospital, answers, "a.csv", command)).taken.size(),
            3U);
        const auto fiona = by(Role::commissioner_finance, "Fiona Finch", "2017-06-28");
        got(uphold_challenge(site(), 1, {}, fiona));
        got(uphold_challenge(site(), 2, {}, fiona));
        got(reject_challenge(site(), 3,
                             by(Role::commissioner_finance, "Fiona Finch", "2017-07-03",
                                "the notes show both stays: one was on another ward")));
        got(withdraw_challenge(
            site(), 4,
            by(Role::practice_gp, "Dr Mill", "2017-06-20", "the date of death was wrong")));
    }

    std::string statement_text(Month month, Date day) {
        const auto reports = got(open_month(site(), month));
        Statement statement = got(statement_of(reports, mill_lane.text()));
        add_challenges(statement, got(challenged_month(site(), reports, day)));
        return as_text(statement);
    }
    ChallengedMonth figures(Month month, Date day) {
        return got(challenged_month(site(), got(open_month(site(), month)), day));
    }

    TemporaryFolder folder_;
    std::optional<Site> site_;
};

TEST_F(Challenges, are_found_by_the_rules_before_a_practice_looks) {
    expect_golden(data / "find.txt", as_text(got(find_likely_errors(site(), april, mill_lane))));
    const auto other = got(find_likely_errors(site(), april, PracticeCode("X90002")));
    EXPECT_TRUE(other.records.empty());
}

TEST_F(Challenges, leave_the_list_of_likely_errors_when_they_are_marked_or_dismissed) {
    const auto before = got(find_likely_errors(site(), april, mill_lane));
    ASSERT_EQ(before.records.size(), 4U);
    mark("A2", DataSet::admitted_care, ChallengeReason::duplicate, "2017-06-05", "");
    const std::string key = before.records.back().key;
    site().decisions().dismiss_finding(mill_lane, key, "Dr Mill", "2017-06-05T09:00:00Z");
    const auto after = got(find_likely_errors(site(), april, mill_lane));
    EXPECT_EQ(after.records.size(), 2U);
    EXPECT_EQ(after.challenged, 1);
    EXPECT_EQ(after.dismissed, 1);
}

TEST_F(Challenges, go_from_the_mark_to_the_credit) {
    mark_all();
    expect_golden(data / "statement_disputed.txt", statement_text(april, Date::of(2017, 6, 6)));
    expect_golden(data / "list.txt",
                  as_text(got(challenges_standing(site(), {}, Date::of(2017, 6, 21)))));
    answer_all();
    EXPECT_TRUE(figures(april, Date::of(2017, 7, 3)).corrections.empty());
    load(DataSet::admitted_care, may, Extract::flex, "apc_may.csv");
    got(close_month(site(), may, no_progress));
    expect_golden(data / "statement_corrected.txt", statement_text(may, Date::of(2017, 7, 3)));
    const auto reports = got(open_month(site(), may));
    Summary summary = summary_of(reports);
    add_challenges(summary, figures(may, Date::of(2017, 7, 3)));
    expect_golden(data / "summary.txt", as_text(summary));
    expect_golden(data / "challenge_2.txt",
                  as_text(got(challenge_standing(site(), 2, Date::of(2017, 7, 3)))));
    expect_golden(data / "report.txt",
                  as_text(got(rate_of_return(site(), {}, Date::of(2017, 7, 3)))));
    const Verification verified = verify(site());
    for (const auto& check : verified.checks) EXPECT_TRUE(check.good) << check.what << check.says;
}

TEST_F(Challenges, never_rewrite_a_closed_month) {
    const auto before = as_text(got(statement_of(got(open_month(site(), april)), "X90001")));
    mark_all();
    answer_all();
    EXPECT_EQ(as_text(got(statement_of(got(open_month(site(), april)), "X90001"))), before);
    EXPECT_TRUE(got(close_month(site(), april, no_progress)).already_closed);
    const auto april_figures = figures(april, Date::of(2017, 7, 3));
    EXPECT_TRUE(april_figures.figures.empty());
    ASSERT_EQ(april_figures.to_come.size(), 2U);
    EXPECT_EQ(april_figures.to_come[0].falls_on, may);
}

TEST_F(Challenges, credit_nothing_twice_where_a_later_extract_put_it_right) {
    mark_all();
    answer_all();
    load(DataSet::admitted_care, may, Extract::flex, "apc_may.csv");
    got(close_month(site(), may, no_progress));
    const Date day = Date::of(2017, 7, 3);
    EXPECT_EQ(figures(may, day).of(mill_lane, BudgetLine::non_elective).corrected_to_date,
              Pence(-222'495));
    load(DataSet::admitted_care, april, Extract::freeze, "apc_april_freeze.csv");
    got(close_month(site(), may, no_progress));
    EXPECT_EQ(figures(may, day).of(mill_lane, BudgetLine::non_elective).corrected_to_date,
              Pence(0));
    EXPECT_EQ(figures(may, day).of(mill_lane, BudgetLine::outpatient_first).corrected_to_date,
              Pence(-8'000));
}

TEST_F(Challenges, are_answered_once_however_often_the_file_comes) {
    mark_all();
    got(pass_to_provider(site(), hospital,
                         by(Role::commissioner_information, "Ian Ivy", "2017-06-12")));
    const auto command = by(Role::commissioner_information, "Ian Ivy", "2017-06-26");
    const std::string file = bytes_of(data / "answers.csv");
    const auto first = got(take_provider_answers(site(), hospital, file, "answers.csv", command));
    expect_golden(data / "answers.txt", as_text(first));
    const auto events = got(site().decisions().challenge(1)).events.size();
    const auto again = got(take_provider_answers(site(), hospital, file, "answers.csv", command));
    EXPECT_TRUE(again.taken.empty());
    EXPECT_EQ(again.unchanged, 1U);
    EXPECT_EQ(again.refused.size(), first.refused.size());
    EXPECT_EQ(got(site().decisions().challenge(1)).events.size(), events);
    // Of another provider nothing is taken.
    const auto other = got(take_provider_answers(site(), ProviderCode("ZX2"),
                                                 "challenge,answer\n2,accept\n", "b.csv", command));
    EXPECT_TRUE(other.taken.empty());
    EXPECT_EQ(other.refused.size(), 1U);
    EXPECT_FALSE(take_provider_answers(site(), hospital, "a,b\n1,2\n", "c.csv", command).ok());
}

TEST_F(Challenges, may_be_of_a_line_and_no_more_than_it_shows) {
    ChallengeMark mark;
    mark.practice = mill_lane;
    mark.month = april;
    mark.reason = ChallengeReason::wrong_price;
    mark.line = BudgetLine::outpatient_follow_up;
    const auto command = by(Role::practice_manager, "Mary Moss", "2017-06-05");
    mark.amount = Pence(1'000'000);
    EXPECT_EQ(mark_challenge(site(), mark, command).problem().kind, ProblemKind::bad_input);
    mark.amount = Pence(1'000);
    got(mark_challenge(site(), mark, command));
    const Date day = Date::of(2017, 6, 5);
    EXPECT_EQ(figures(april, day).of(mill_lane, BudgetLine::outpatient_follow_up).disputed_month,
              Pence(1'000));
    // Of no one provider: nobody to pass it to.
    EXPECT_FALSE(
        pass_challenge(site(), 1, by(Role::commissioner_finance, "Fiona Finch", "2017-06-06"))
            .ok());
    // A part may be right: the amount has to be said.
    const auto fiona = by(Role::commissioner_finance, "Fiona Finch", "2017-06-06");
    EXPECT_FALSE(uphold_challenge(site(), 1, {}, fiona).ok());
    EXPECT_FALSE(uphold_challenge(site(), 1, {Pence(500), "X90002"}, fiona).ok());
    got(uphold_challenge(site(), 1, {Pence(500), {}}, fiona));
}

TEST_F(Challenges, of_a_patient_of_nobody_we_know_leave_the_commissioners_total_as_it_is) {
    mark("A1", DataSet::admitted_care, ChallengeReason::not_my_patient, "2017-06-05", "");
    got(uphold_challenge(site(), 1, {},
                         by(Role::commissioner_finance, "Fiona Finch", "2017-06-06")));
    load(DataSet::admitted_care, may, Extract::flex, "apc_may.csv");
    got(close_month(site(), may, no_progress));
    const auto month = figures(may, Date::of(2017, 7, 3));
    EXPECT_EQ(month.of(mill_lane).corrected_month, Pence(-222'495));
    EXPECT_EQ(month.of(account::unregistered).corrected_month, Pence(222'495));
    EXPECT_EQ(month.total().corrected_month, Pence(0));
}

TEST_F(Challenges, are_refused_for_records_that_are_not_there_or_not_ones_own) {
    ChallengeMark mark;
    mark.practice = PracticeCode("X90002");
    mark.month = april;
    mark.record_id = "A1";
    const auto command = by(Role::practice_gp, "Dr Road", "2017-06-05");
    EXPECT_EQ(mark_challenge(site(), mark, command).problem().kind, ProblemKind::not_found);
    mark.practice = mill_lane;
    mark.record_id = "A99";
    EXPECT_EQ(mark_challenge(site(), mark, command).problem().kind, ProblemKind::not_found);
    mark.month = may;
    EXPECT_EQ(mark_challenge(site(), mark, command).problem().kind, ProblemKind::not_found);
}

TEST_F(Challenges, that_were_altered_are_found_by_verifying) {
    mark_all();
    answer_all();
    alter_register(site().folder() / "register.db",
                   "update challenge_correction set pence = pence + 1 where event = "
                   "(select min(event) from challenge_correction)");
    const Verification verified = verify(site());
    EXPECT_FALSE(verified.good());
    const auto bad = std::ranges::find(verified.checks, false, &Verification::Check::good);
    EXPECT_EQ(bad->what, "challenge 1");
}

}  // namespace
}  // namespace purse::testing
