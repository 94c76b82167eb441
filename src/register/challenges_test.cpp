#include "register/challenges.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "register/backends_test.hpp"
#include "register/store.hpp"

namespace purse {
namespace {

const PracticeCode oakfield("X90001");
constexpr ChallengeDays days = {.answer = 10, .provider = 15, .decide = 5};

NewChallenge challenge_of(const std::string& record = "A12") {
    NewChallenge what;
    what.practice = oakfield;
    what.account = oakfield;
    what.month = Month(2017, 6);
    what.provider = ProviderCode("RVR");
    what.reason = ChallengeReason::duplicate;
    what.note = "twice on one day";
    what.record = ChallengedRecord{
        DataSet::outpatients, 2, 17, record, "WF01A", Date::of(2017, 6, 7), Date::of(2017, 6, 7)};
    what.amounts = {{BudgetLine::outpatient_first, TreatmentFunction("330"), Pence(10'001)},
                    {BudgetLine::diagnostics, TreatmentFunction("330"), Pence(5'000)}};
    what.rule = "duplicate";
    what.beside = "A11";
    what.beside_provider = ProviderCode("RVR");
    return what;
}

ChallengeAct act_of(ChallengeStep step, Role role, std::int64_t challenge = 1) {
    ChallengeAct act;
    act.challenge = challenge;
    act.step = step;
    act.role = role;
    act.author = "as " + std::string(to_text(role));
    act.at = "2017-08-21T09:00:00Z";
    act.says = "words";
    act.days = days;
    if (step == ChallengeStep::uphold) act.borne_by = "provider";
    return act;
}

class ChallengesOn : public testing::OnEachBackend {
  protected:
    // A register with June 2017 closed.
    [[nodiscard]] Register with_closing() const {
        Register store = made();
        EXPECT_TRUE(store.record_batch(testing::load_of(Extract::flex, "d1", {"RVR"})).ok());
        close(store, Month(2017, 6));
        return store;
    }
    static void close(Register& store, Month month) {
        NewClosing closing;
        closing.month = month;
        closing.closed_at = "2017-08-20T09:00:00Z";
        closing.folder = "closings/" + to_text(month);
        closing.cube = {"c/cube.parquet", "c1"};
        closing.charges = {"c/charges.parquet", "c2"};
        closing.batches = {{{1}, ProviderCode("RVR")}};
        closing.other_inputs = "rules";
        EXPECT_TRUE(store.record_closing(closing).ok());
    }
    static Challenge marked(Register& store, const std::string& record = "A12") {
        auto challenge = store.record_challenge(challenge_of(record),
                                                act_of(ChallengeStep::mark, Role::practice_gp));
        EXPECT_TRUE(challenge.ok()) << (challenge ? "" : challenge.problem().says);
        return *challenge;
    }
    void behind_the_programs_back(const std::string& sql) {
        Store(address()).write("be altered", [&](Session& session) { session.run(sql); });
    }
};

TEST_P(ChallengesOn, a_challenge_is_read_back_whole) {
    Register store = with_closing();
    const Challenge given = marked(store);
    EXPECT_EQ(given.number, 1);
    const auto back = store.challenge(1);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(digest_of(back->what), digest_of(challenge_of()));
    EXPECT_EQ(back->what.record, challenge_of().record);
    EXPECT_EQ(back->what.amounts, challenge_of().amounts);
    ASSERT_EQ(back->events.size(), 1U);
    EXPECT_EQ(back->events[0].hash, given.events[0].hash);
    EXPECT_EQ(back->events[0].amount, Pence(15'001));
    EXPECT_EQ(back->events[0].subject, digest_of(challenge_of()));
    EXPECT_TRUE(check_chain(back->events).ok());
    EXPECT_EQ(store.challenges(oakfield).size(), 1U);
    EXPECT_TRUE(store.challenges(PracticeCode("X90002")).empty());
    EXPECT_EQ(store.challenge(2).problem().kind, ProblemKind::not_found);
}

TEST_P(ChallengesOn, a_line_is_challenged_without_a_record) {
    Register store = with_closing();
    NewChallenge what = challenge_of();
    what.record.reset();
    what.provider = ProviderCode();
    what.amounts = {{BudgetLine::prescribing, TreatmentFunction(), Pence(7)}};
    ASSERT_TRUE(
        store.record_challenge(what, act_of(ChallengeStep::mark, Role::practice_manager)).ok());
    const auto back = store.challenge(1);
    EXPECT_FALSE(back->what.record.has_value());
    EXPECT_EQ(digest_of(back->what), digest_of(what));
}

TEST_P(ChallengesOn, an_upheld_one_has_its_correcting_record_in_the_month_after_the_last_closed) {
    Register store = with_closing();
    marked(store);
    ChallengeAct act = act_of(ChallengeStep::uphold, Role::commissioner_finance);
    act.amount = Pence(10'000);
    const auto upheld = store.record_challenge_event(act);
    ASSERT_TRUE(upheld.ok()) << upheld.problem().says;
    EXPECT_EQ(upheld->falls_on, Month(2017, 7));
    const auto corrections = store.corrections();
    ASSERT_EQ(corrections.size(), 2U);
    EXPECT_EQ(corrections, corrections_of(challenge_of(), *upheld));
    EXPECT_EQ(corrections[0].credit + corrections[1].credit, Pence(10'000));
    EXPECT_EQ(corrections[0].challenge, 1);
    EXPECT_EQ(corrections[0].account, oakfield);
    EXPECT_EQ(corrections[0].line, BudgetLine::outpatient_first);
    EXPECT_EQ(corrections[0].falls_on, Month(2017, 7));
    // Two thirds of it to the penny, and the rest.
    EXPECT_EQ(corrections[0].credit, Pence(6'667));
    // A later closing moves the next one on, and not this one.
    close(store, Month(2017, 7));
    marked(store, "B1");
    act.challenge = 2;
    EXPECT_EQ(store.record_challenge_event(act)->falls_on, Month(2017, 8));
    EXPECT_EQ(store.corrections()[0].falls_on, Month(2017, 7));
}

TEST_P(ChallengesOn, nothing_is_corrected_before_a_month_is_closed) {
    Register store = made();
    marked(store);
    ChallengeAct act = act_of(ChallengeStep::uphold, Role::commissioner_finance);
    act.amount = Pence(1);
    EXPECT_EQ(store.record_challenge_event(act).problem().kind, ProblemKind::conflict);
    EXPECT_TRUE(store.corrections().empty());
    EXPECT_EQ(store.challenge(1)->events.size(), 1U);
}

TEST_P(ChallengesOn, a_record_is_in_one_open_or_upheld_challenge_of_a_practice) {
    Register store = with_closing();
    marked(store);
    const ChallengeAct mark = act_of(ChallengeStep::mark, Role::practice_gp);
    const auto again = store.record_challenge(challenge_of(), mark);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.problem().kind, ProblemKind::conflict);
    NewChallenge of_another = challenge_of();
    of_another.practice = PracticeCode("X90002");
    EXPECT_TRUE(store.record_challenge(of_another, mark).ok());
    ASSERT_TRUE(
        store.record_challenge_event(act_of(ChallengeStep::withdraw, Role::practice_gp)).ok());
    EXPECT_TRUE(store.record_challenge(challenge_of(), mark).ok());
    ChallengeAct uphold = act_of(ChallengeStep::uphold, Role::commissioner_finance, 3);
    uphold.amount = Pence(15'001);
    ASSERT_TRUE(store.record_challenge_event(uphold).ok());
    EXPECT_FALSE(store.record_challenge(challenge_of(), mark).ok());
}

TEST_P(ChallengesOn, of_several_steps_all_are_kept_or_none) {
    Register store = with_closing();
    marked(store, "A");
    marked(store, "B");
    std::vector<ChallengeAct> acts = {
        act_of(ChallengeStep::pass, Role::commissioner_finance, 1),
        act_of(ChallengeStep::provider_answer, Role::commissioner_finance, 2)};
    EXPECT_FALSE(store.record_challenge_events(acts).ok());
    EXPECT_EQ(store.challenge(1)->events.size(), 1U);
    acts[1] = act_of(ChallengeStep::pass, Role::commissioner_finance, 2);
    ASSERT_TRUE(store.record_challenge_events(acts).ok());
    EXPECT_EQ(store.challenge(2)->position().state, ChallengeState::with_provider);
}

TEST_P(ChallengesOn, two_people_at_once_do_not_both_decide) {
    Register store = with_closing();
    marked(store);
    int upheld = 0, conflicts = 0;
    std::mutex mutex;
    std::vector<std::thread> people;
    for (int i = 0; i < 4; ++i) {
        people.emplace_back([&] {
            ChallengeAct act = act_of(ChallengeStep::uphold, Role::commissioner_finance);
            act.amount = Pence(100);
            const auto event = store.record_challenge_event(act);
            const std::lock_guard lock(mutex);
            (event ? upheld : conflicts) += 1;
        });
    }
    for (std::thread& one : people) one.join();
    EXPECT_EQ(upheld, 1);
    EXPECT_EQ(conflicts, 3);
    EXPECT_EQ(store.challenge(1)->events.size(), 2U);
}

TEST_P(ChallengesOn, every_step_is_in_the_trail) {
    Register store = with_closing();
    Register hers = store.acting_for({.who = "p.finch", .role = "practice_gp"});
    marked(hers);
    hers.dismiss_finding(oakfield, "duplicate op RVR A13", "Paula Finch", "2017-08-21T10:00:00Z");
    hers.dismiss_finding(oakfield, "duplicate op RVR A13", "Paula Finch", "2017-08-21T11:00:00Z");
    const auto trail = store.audit({.action = "query_record", .limit = 10})->entries;
    ASSERT_EQ(trail.size(), 2U);
    EXPECT_EQ(trail[0].act.detail, "dismissed the finding duplicate op RVR A13");
    EXPECT_EQ(trail[1].act.subject, "X90001");
    EXPECT_EQ(trail[1].actor.who, "p.finch");
    EXPECT_EQ(trail[1].act.detail, "challenge 1, mark, event 1 by as practice_gp");
    EXPECT_EQ(store.dismissed_findings(oakfield).size(), 1U);
    EXPECT_TRUE(store.check_audit().ok());
}

TEST_P(ChallengesOn, what_was_marked_and_altered_since_is_another_thing) {
    Register store = with_closing();
    marked(store);
    behind_the_programs_back("update challenge set note = 'other' where number = 1");
    const auto back = store.challenge(1);
    EXPECT_NE(back->events[0].subject, digest_of(back->what));
}

TEST(NewChallenges, have_a_digest_over_every_field) {
    const std::string whole = digest_of(challenge_of());
    const std::vector<std::function<void(NewChallenge&)>> alterations = {
        [](auto& what) { what.practice = PracticeCode("X90002"); },
        [](auto& what) { what.account = Account("X90002"); },
        [](auto& what) { what.month = Month(2017, 5); },
        [](auto& what) { what.provider = ProviderCode("RYJ"); },
        [](auto& what) { what.reason = ChallengeReason::wrong_date; },
        [](auto& what) { what.note = ""; },
        [](auto& what) { what.record.reset(); },
        [](auto& what) { what.record->set = DataSet::emergency; },
        [](auto& what) { what.record->batch = 3; },
        [](auto& what) { what.record->line = 3; },
        [](auto& what) { what.record->record_id = "A13"; },
        [](auto& what) { what.record->what = "WF01B"; },
        [](auto& what) { what.record->began = Date::of(2017, 6, 1); },
        [](auto& what) { what.record->ended = Date::of(2017, 6, 8); },
        [](auto& what) { what.amounts.pop_back(); },
        [](auto& what) { what.amounts[0].line = BudgetLine::elective; },
        [](auto& what) { what.amounts[0].treatment_function = TreatmentFunction("100"); },
        [](auto& what) { what.amounts[0].amount = Pence(1); },
        [](auto& what) { what.rule = ""; },
        [](auto& what) { what.beside = ""; },
        [](auto& what) { what.beside_provider = ProviderCode(); },
    };
    for (std::size_t i = 0; i < alterations.size(); ++i) {
        NewChallenge what = challenge_of();
        alterations[i](what);
        EXPECT_NE(digest_of(what), whole) << i;
    }
}

PURSE_ON_EACH_BACKEND(ChallengesOn);

}  // namespace
}  // namespace purse
