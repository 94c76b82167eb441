// The state machine of challenges, walked whole: every state, step and role; the clock; the chain.
#include "governance/challenge.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "base/digest.hpp"
#include "governance/challenge_event.hpp"

namespace purse {
namespace {

using State = ChallengeState;
using Step = ChallengeStep;

// What the table is meant to allow, written a second time: "role letters that may take the step,
// then the state". G practice GP, M practice manager, F commissioner's finance, I information; '!'
// once the provider is overdue only.
const std::map<std::pair<State, Step>, std::pair<std::string, State>> meant = {
    {{State::not_marked, Step::mark}, {"GM", State::marked}},
    {{State::marked, Step::pass}, {"FI", State::with_provider}},
    {{State::marked, Step::uphold}, {"FI", State::upheld}},
    {{State::marked, Step::reject}, {"FI", State::rejected}},
    {{State::marked, Step::withdraw}, {"GM", State::withdrawn}},
    {{State::with_provider, Step::provider_answer}, {"FI", State::provider_answered}},
    {{State::with_provider, Step::uphold}, {"FI!", State::upheld}},
    {{State::with_provider, Step::reject}, {"FI!", State::rejected}},
    {{State::with_provider, Step::withdraw}, {"GM", State::withdrawn}},
    {{State::provider_answered, Step::pass}, {"FI", State::with_provider}},
    {{State::provider_answered, Step::uphold}, {"FI", State::upheld}},
    {{State::provider_answered, Step::reject}, {"FI", State::rejected}},
    {{State::provider_answered, Step::withdraw}, {"GM", State::withdrawn}},
};

bool is_meant(State state, Step step, Role role) {
    constexpr std::string_view letters = "GMFI......";
    const auto found = meant.find({state, step});
    const char letter = letters.at(static_cast<std::size_t>(role));
    return found != meant.end() && letter != '.' &&
           found->second.first.find(letter) != std::string::npos;
}

constexpr ChallengeDays days = {.answer = 5, .provider = 10, .decide = 5};

ChallengeAct act_of(Step step, Role role) {
    ChallengeAct act;
    act.challenge = 7;
    act.step = step;
    act.role = role;
    act.author = "somebody as " + std::string(to_text(role));
    act.at = "2018-02-05T09:00:00Z";  // a Monday
    act.says = "words";
    act.days = days;
    act.closed = Month(2017, 12);
    if (step == Step::mark) act.amount = pounds(100);
    if (step == Step::mark) act.subject = digest_of("record");
    if (step == Step::provider_answer) act.amount = pounds(40);
    if (step == Step::uphold) {
        act.amount = pounds(60);
        act.borne_by = "provider";
    }
    return act;
}

using Path = std::vector<std::pair<Step, Role>>;
const std::map<State, Path> paths = {
    {State::not_marked, {}},
    {State::marked, {{Step::mark, Role::practice_gp}}},
    {State::with_provider,
     {{Step::mark, Role::practice_gp}, {Step::pass, Role::commissioner_finance}}},
    {State::provider_answered,
     {{Step::mark, Role::practice_gp},
      {Step::pass, Role::commissioner_finance},
      {Step::provider_answer, Role::commissioner_information}}},
    {State::upheld, {{Step::mark, Role::practice_gp}, {Step::uphold, Role::commissioner_finance}}},
    {State::rejected,
     {{Step::mark, Role::practice_gp}, {Step::reject, Role::commissioner_finance}}},
    {State::withdrawn, {{Step::mark, Role::practice_gp}, {Step::withdraw, Role::practice_manager}}},
};

std::vector<ChallengeEvent> walked(const Path& path) {
    std::vector<ChallengeEvent> events;
    for (const auto& [step, role] : path) {
        auto event =
            next_event(events, act_of(step, role), static_cast<std::int64_t>(events.size()) + 1);
        if (!event) throw std::runtime_error(event.problem().says);
        events.push_back(*event);
    }
    return events;
}

TEST(ChallengeTable, allows_what_is_meant_and_nothing_else_at_every_state_for_every_role) {
    int allowed = 0;
    for (const State state : challenge_states()) {
        const auto events = walked(paths.at(state));
        ASSERT_EQ(position_of(events).state, state);
        for (const Step step : challenge_steps()) {
            for (const Role role : roles()) {
                const std::string where = std::string(to_text(state)) + " " +
                                          std::string(to_text(step)) + " " +
                                          std::string(to_text(role));
                const auto row = transition_of(state, step, role);
                EXPECT_EQ(row.ok(), is_meant(state, step, role)) << where;
                ChallengeAct act = act_of(step, role);
                act.at = "2018-04-05T09:00:00Z";  // the provider's time is over
                const auto event = next_event(events, act, 99);
                EXPECT_EQ(event.ok(), row.ok()) << where << (event ? "" : event.problem().says);
                if (!row) continue;
                ++allowed;
                const auto& [letters, to] = meant.at({state, step});
                EXPECT_EQ(row->to, to) << where;
                EXPECT_EQ(row->when_overdue, letters.ends_with('!')) << where;
            }
        }
    }
    EXPECT_EQ(allowed, 26);
    EXPECT_EQ(challenge_transitions().size(), meant.size());
}

TEST(ChallengeTable, lets_only_the_practice_mark_and_withdraw_and_only_the_commissioner_answer) {
    for (const ChallengeTransition& row : challenge_transitions()) {
        const bool practices = row.step == Step::mark || row.step == Step::withdraw;
        EXPECT_EQ(action_name(row.step), practices ? "query_record" : "answer_query");
        for (const Role role : row.roles) {
            EXPECT_EQ(challenge_side_of(role),
                      practices ? ChallengeSide::practice : ChallengeSide::commissioner);
        }
    }
}

TEST(ChallengeTable, leaves_no_open_state_without_an_end_and_no_end_with_a_way_on) {
    for (const State state : challenge_states()) {
        bool any = false;
        for (const ChallengeTransition& row : challenge_transitions()) any |= row.from == state;
        EXPECT_EQ(any, is_open(state) || state == State::not_marked) << to_text(state);
    }
}

TEST(ChallengeNames, are_read_again) {
    for (const auto reason : challenge_reasons()) {
        EXPECT_EQ(*parse_challenge_reason(to_text(reason)), reason);
    }
    for (const auto state : challenge_states()) {
        EXPECT_EQ(*parse_challenge_state(to_text(state)), state);
    }
    for (const auto step : challenge_steps()) {
        EXPECT_EQ(*parse_challenge_step(to_text(step)), step);
    }
    EXPECT_EQ(*parse_challenge_reason("not-my-patient"), ChallengeReason::not_my_patient);
    const auto wrong = parse_challenge_reason("too dear");
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.problem().says.find("did-not-happen"), std::string::npos);
}

TEST(ChallengeEvents, are_decided_without_the_provider_only_once_its_time_is_over) {
    const auto events = walked(paths.at(State::with_provider));
    ChallengeAct act = act_of(Step::uphold, Role::commissioner_finance);
    act.at = "2018-02-19T23:00:00Z";  // ten working days after Monday 5 February
    const auto early = next_event(events, act, 3);
    ASSERT_FALSE(early.ok());
    EXPECT_EQ(early.problem().kind, ProblemKind::conflict);
    EXPECT_NE(early.problem().says.find("19 February 2018"), std::string::npos);
    act.at = "2018-02-20T00:00:00Z";
    EXPECT_TRUE(next_event(events, act, 3).ok());
}

TEST(ChallengeEvents, correct_the_month_after_the_last_closed_one) {
    const auto events = walked(paths.at(State::marked));
    ChallengeAct act = act_of(Step::uphold, Role::commissioner_finance);
    EXPECT_EQ(next_event(events, act, 2)->falls_on, Month(2018, 1));
    act.closed = Month(2018, 3);
    EXPECT_EQ(next_event(events, act, 2)->falls_on, Month(2018, 4));
    act.closed.reset();
    EXPECT_FALSE(next_event(events, act, 2).ok());
}

TEST(ChallengeEvents, have_amounts_that_can_be) {
    struct Case {
        State at;
        Step step;
        Role role;
        std::int64_t pence;
        bool good;
    };
    const std::vector<Case> cases = {
        {State::not_marked, Step::mark, Role::practice_gp, 0, false},
        {State::not_marked, Step::mark, Role::practice_gp, -1, false},
        {State::not_marked, Step::mark, Role::practice_gp, 1, true},
        {State::marked, Step::uphold, Role::commissioner_finance, 0, false},
        {State::marked, Step::uphold, Role::commissioner_finance, 10'000, true},
        {State::marked, Step::uphold, Role::commissioner_finance, 10'001, false},
        {State::marked, Step::uphold, Role::commissioner_finance, -5, false},
        {State::with_provider, Step::provider_answer, Role::commissioner_finance, 0, true},
        {State::with_provider, Step::provider_answer, Role::commissioner_finance, 10'001, false},
        {State::marked, Step::reject, Role::commissioner_finance, 1, false},
        {State::marked, Step::pass, Role::commissioner_finance, 1, false},
    };
    for (const Case& one : cases) {
        ChallengeAct act = act_of(one.step, one.role);
        act.amount = Pence(one.pence);
        EXPECT_EQ(next_event(walked(paths.at(one.at)), act, 9).ok(), one.good)
            << to_text(one.step) << " " << one.pence;
    }
    ChallengeAct nobody = act_of(Step::uphold, Role::commissioner_finance);
    nobody.borne_by.clear();
    EXPECT_FALSE(next_event(walked(paths.at(State::marked)), nobody, 9).ok());
}

TEST(ChallengeEvents, say_why_where_the_step_needs_it) {
    for (const Step step : challenge_steps()) {
        EXPECT_EQ(needs_reasons(step), step == Step::reject || step == Step::provider_answer);
    }
    ChallengeAct act = act_of(Step::reject, Role::commissioner_finance);
    act.says = " \n";
    EXPECT_EQ(next_event(walked(paths.at(State::marked)), act, 9).problem().kind,
              ProblemKind::bad_input);
    act = act_of(Step::mark, Role::practice_gp);
    act.author = " ";
    EXPECT_FALSE(next_event({}, act, 9).ok());
}

TEST(ChallengeEvents, are_of_a_person_who_speaks_for_one_side_only) {
    const auto events = walked(paths.at(State::marked));
    ChallengeAct act = act_of(Step::uphold, Role::commissioner_finance);
    act.author = "Somebody as  PRACTICE_gp";
    ASSERT_FALSE(next_event(events, act, 2).ok());
    EXPECT_EQ(next_event(events, act, 2).problem().kind, ProblemKind::forbidden);
}

TEST(ChallengeEvents, do_not_follow_a_step_that_the_actor_has_not_seen) {
    auto events = walked(paths.at(State::marked));
    ChallengeAct act = act_of(Step::withdraw, Role::practice_gp);
    act.after = events.back().hash;
    EXPECT_TRUE(next_event(events, act, 2).ok());
    events.push_back(*next_event(events, act_of(Step::pass, Role::commissioner_finance), 2));
    ASSERT_FALSE(next_event(events, act, 3).ok());
    EXPECT_EQ(next_event(events, act, 3).problem().kind, ProblemKind::conflict);
}

TEST(ChallengeEvents, tell_where_the_challenge_stands) {
    const auto events = walked({{Step::mark, Role::practice_gp},
                                {Step::pass, Role::commissioner_finance},
                                {Step::provider_answer, Role::commissioner_finance},
                                {Step::uphold, Role::commissioner_finance}});
    const ChallengePosition position = position_of(events);
    EXPECT_EQ(position.state, State::upheld);
    EXPECT_EQ(position.disputed, pounds(100));
    EXPECT_EQ(position.accepted, pounds(40));
    EXPECT_EQ(position.credit, pounds(60));
    EXPECT_EQ(position.borne_by, "provider");
    EXPECT_EQ(position.falls_on, Month(2018, 1));
    EXPECT_EQ(position.ended, Date::of(2018, 2, 5));
}

TEST(ChallengeChain, finds_what_was_altered_taken_away_or_put_in) {
    const auto good = walked(paths.at(State::provider_answered));
    EXPECT_TRUE(check_chain(good).ok());
    const std::vector<std::function<void(ChallengeEvent&)>> alterations = {
        [](auto& event) { event.number = 50; },
        [](auto& event) { event.challenge = 8; },
        [](auto& event) { event.role = Role::commissioner_information; },
        [](auto& event) { event.author = "other"; },
        [](auto& event) { event.at = "2018-02-06T09:00:00Z"; },
        [](auto& event) { event.says = "other"; },
        [](auto& event) { event.amount = Pence(1); },
        [](auto& event) { event.borne_by = "~UNREG"; },
        [](auto& event) { event.falls_on = Month(2018, 5); },
        [](auto& event) { event.subject = "other"; },
        [](auto& event) { event.previous = "other"; },
    };
    for (const auto& alter : alterations) {
        auto events = good;
        alter(events[1]);
        EXPECT_FALSE(check_chain(events).ok());
        events[1].hash = hash_of(events[1]);
        EXPECT_FALSE(check_chain(events).ok());  // the next one no longer follows
    }
    auto gone = good;
    gone.erase(gone.begin() + 1);
    EXPECT_FALSE(check_chain(gone).ok());
}

TEST(ChallengeClock, counts_working_days) {
    // Good Friday 30 March and Easter Monday 2 April 2018 are holidays.
    EXPECT_EQ(working_days_after(Date::of(2018, 3, 29), 1), Date::of(2018, 4, 3));
    EXPECT_EQ(working_days_after(Date::of(2018, 2, 5), 5), Date::of(2018, 2, 12));
    EXPECT_EQ(working_days_after(Date::of(2018, 2, 5), 0), Date::of(2018, 2, 5));
    struct Case {
        State state;
        Date today;
        std::string says;
    };
    const Date since = Date::of(2018, 2, 5);
    const std::vector<Case> cases = {
        {State::marked, Date::of(2018, 2, 8),
         "the commissioner: answer it or pass it to the provider, by 12 February 2018 (2 working "
         "days left)"},
        {State::marked, Date::of(2018, 2, 12),
         "the commissioner: answer it or pass it to the provider, by 12 February 2018 (the last "
         "day)"},
        {State::with_provider, Date::of(2018, 2, 20),
         "the provider: answer, by 19 February 2018 (1 working day late)"},
        {State::provider_answered, Date::of(2018, 2, 14),
         "the commissioner: decide, by 12 February 2018 (2 working days late)"},
        {State::upheld, Date::of(2018, 2, 14), "nobody has to act"},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(in_words(turn_of(one.state, since, days, one.today)), one.says);
    }
}

TEST(ChallengeDocument, has_the_table_as_it_is) {
    std::ifstream file(std::string(PURSE_SOURCE_DIR) + "/docs/challenges.md");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(challenge_transitions_as_markdown()), std::string::npos)
        << "docs/challenges.md must have:\n"
        << challenge_transitions_as_markdown();
}

}  // namespace
}  // namespace purse
