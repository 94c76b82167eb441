// What holds of challenges whatever people do: events replayed give the same state, disputed and
// corrected add up, nothing is credited beyond what was disputed, a provider's file answers once.
#include "register/challenges.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "desk/provider_answers_file.hpp"
#include "governance/challenge_event.hpp"

namespace purse {
namespace {

constexpr ChallengeDays days = {.answer = 5, .provider = 10, .decide = 5};

// A walk of steps that somebody tries, allowed or not.
struct Tried {
    std::vector<ChallengeEvent> events;
    int refused = 0;
};

Tried walk(std::int64_t disputed) {
    Tried tried;
    const auto length = *rc::gen::inRange(1, 12);
    Date day = Date::of(2018, 1, 2);
    for (int i = 0; i < length; ++i) {
        ChallengeAct act;
        act.challenge = 1;
        act.step = i == 0 ? ChallengeStep::mark
                          : *rc::gen::elementOf(std::vector<ChallengeStep>(
                                challenge_steps().begin(), challenge_steps().end()));
        act.role = *rc::gen::elementOf(std::vector<Role>(roles().begin(), roles().end()));
        if (i == 0) act.role = Role::practice_gp;
        act.author = "as " + std::string(to_text(act.role));
        day = day + *rc::gen::inRange(0, 20);
        act.at = to_text(day) + "T09:00:00Z";
        act.says = "words";
        act.days = days;
        act.closed = Month::of(day) - 1;
        if (i == 0) {
            act.amount = Pence(disputed);
            act.subject = "subject";
        } else if (act.step == ChallengeStep::uphold ||
                   act.step == ChallengeStep::provider_answer) {
            act.amount = Pence(*rc::gen::inRange<std::int64_t>(-1, disputed + 2));
            if (act.step == ChallengeStep::uphold) act.borne_by = "provider";
        }
        const auto event =
            next_event(tried.events, act, static_cast<std::int64_t>(tried.events.size()) + 1);
        if (event) {
            tried.events.push_back(*event);
        } else {
            ++tried.refused;
        }
    }
    return tried;
}

TEST(ChallengeLaws, a_replay_of_the_events_gives_the_same_state_and_an_unbroken_chain) {
    EXPECT_TRUE(rc::check([] {
        const auto disputed = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
        const Tried tried = walk(disputed);
        RC_ASSERT(check_chain(tried.events).ok());
        ChallengePosition once = position_of(tried.events);
        const std::vector<ChallengeEvent> copy = tried.events;
        const ChallengePosition again = position_of(copy);
        RC_ASSERT(once.state == again.state);
        RC_ASSERT(once.credit == again.credit);
        RC_ASSERT(once.last == again.last);
        // An end is an end: credited only where upheld, and never beyond what was disputed.
        RC_ASSERT((once.credit > Pence(0)) == (once.state == ChallengeState::upheld));
        RC_ASSERT(once.credit <= once.disputed);
        RC_ASSERT(once.ended.has_value() == !is_open(once.state));
        // Steps one after another lead where all of them lead.
        for (std::size_t part = 0; part < tried.events.size(); ++part) {
            const auto first = std::span(tried.events).first(part + 1);
            RC_ASSERT(check_chain(first).ok());
            if (part + 1 < tried.events.size()) RC_ASSERT(is_open(position_of(first).state));
        }
    }));
}

TEST(ChallengeLaws, a_correction_is_the_credit_to_the_penny_and_no_line_gets_more_than_it_had) {
    EXPECT_TRUE(rc::check([] {
        NewChallenge what;
        what.practice = PracticeCode("X90001");
        what.account = what.practice;
        what.month = Month(2017, 6);
        const auto parts = *rc::gen::inRange(1, 4);
        for (int i = 0; i < parts; ++i) {
            what.amounts.push_back({budget_lines[static_cast<std::size_t>(i)].line,
                                    TreatmentFunction(),
                                    Pence(*rc::gen::inRange<std::int64_t>(1, 1'000'000))});
        }
        ChallengeEvent upheld;
        upheld.step = ChallengeStep::uphold;
        upheld.amount = Pence(*rc::gen::inRange<std::int64_t>(1, what.disputed().count() + 1));
        upheld.borne_by = "provider";
        upheld.falls_on = Month(2017, 9);
        Pence sum;
        const auto corrections = corrections_of(what, upheld);
        for (const Correction& one : corrections) {
            sum += one.credit;
            RC_ASSERT(one.credit > Pence(0));
            for (const ChallengedAmount& part : what.amounts) {
                // Largest remainders may move a penny.
                if (part.line == one.line) RC_ASSERT(one.credit <= part.amount + Pence(1));
            }
        }
        RC_ASSERT(sum == upheld.amount);
    }));
}

// Any text at all: read, refused line by line, or refused whole; never more answers than lines.
TEST(ChallengeLaws, a_providers_file_is_read_or_refused_line_by_line) {
    EXPECT_TRUE(rc::check([] {
        const auto lines = *rc::gen::container<std::vector<std::string>>(
            rc::gen::elementOf(std::vector<std::string>{
                "1,accept,,", "2,part,10.50,a part", "3,part,x,", "4,decline,,no", "5,decline,,",
                "x,accept,,", "1,decline,,again", "6,perhaps,,", "7,,,", "-1,accept,,",
                "\"8,accept", "999999999999999999999,accept,,"}));
        std::string text = "challenge,answer,accepted_pounds,words\n";
        for (const std::string& line : lines) text += line + "\n";
        const auto read = read_provider_answers(text, "answers.csv");
        if (!read) return;
        RC_ASSERT(read->answers.size() + read->refused.size() <= lines.size());
        std::set<std::int64_t> seen;
        for (const ChallengeAnswer& answer : read->answers) {
            RC_ASSERT(seen.insert(answer.challenge).second);
            RC_ASSERT(answer.challenge > 0);
            RC_ASSERT(!answer.says.empty());
        }
        for (const RefusedAnswer& one : read->refused) {
            RC_ASSERT(one.line >= 2);
            RC_ASSERT(!one.column.empty());
            RC_ASSERT(!one.reason.empty());
            RC_ASSERT(!one.remedy.empty());
        }
    }));
}

}  // namespace
}  // namespace purse
