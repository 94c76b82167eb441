#include "governance/dialogue_clock.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

using State = DialogueState;
using Side = DialogueSide;

const FinancialYear y2026(2026);
const DialogueRules rules = {{1, 31}, {3, 31}, {5, 1}, {6, 30}, 14};

TEST(DialogueClock, has_the_dates_of_the_year) {
    const auto dates = dates_of(rules, y2026);
    ASSERT_TRUE(dates.ok());
    EXPECT_EQ(dates->data_by, Date::of(2026, 1, 31));
    EXPECT_EQ(dates->agreed_by, Date::of(2026, 5, 1));
    const auto early = dates_of({{11, 30}, {2, 28}, {5, 1}, {6, 30}, 14}, y2026);
    ASSERT_TRUE(early.ok());
    EXPECT_EQ(early->data_by, Date::of(2025, 11, 30));
}

TEST(DialogueClock, refuses_dates_out_of_order_and_days_that_are_not) {
    EXPECT_FALSE(dates_of({{4, 1}, {3, 31}, {5, 1}, {6, 30}, 14}, y2026).ok());
    EXPECT_FALSE(dates_of({{1, 31}, {2, 29}, {5, 1}, {6, 30}, 14}, y2026).ok());
    EXPECT_TRUE(dates_of({{1, 31}, {2, 29}, {5, 1}, {6, 30}, 14}, FinancialYear(2028)).ok());
    EXPECT_FALSE(dates_of({{1, 31}, {3, 31}, {13, 1}, {6, 30}, 14}, y2026).ok());
}

TEST(DialogueClock, says_who_must_act_and_how_many_days_are_left) {
    const auto dates = dates_of(rules, y2026).value();
    const struct {
        State state;
        Side side;
        Date by;
    } cases[] = {
        {State::nothing_shown, Side::commissioner, dates.data_by},
        {State::data_shown, Side::commissioner, dates.offer_by},
        {State::commented, Side::commissioner, dates.offer_by},
        {State::answered, Side::commissioner, dates.offer_by},
        {State::offered, Side::practice, dates.agreed_by},
        {State::queried, Side::commissioner, dates.agreed_by},
        {State::disagreed, Side::commissioner, dates.agreed_by},
        {State::referred, Side::arbiter, dates.ruled_by},
    };
    for (const auto& one : cases) {
        const auto before = turn_of(one.state, dates, one.by - 12);
        EXPECT_EQ(before.side, one.side) << to_text(one.state);
        EXPECT_EQ(before.days_left, 12) << to_text(one.state);
        EXPECT_FALSE(before.late());
        EXPECT_FALSE(turn_of(one.state, dates, one.by).late());
        EXPECT_TRUE(turn_of(one.state, dates, one.by + 1).late());
        EXPECT_EQ(turn_of(one.state, dates, one.by + 3).days_left, -3);
    }
    for (const State state : {State::agreed, State::ruled}) {
        const auto turn = turn_of(state, dates, Date::of(2027, 1, 1));
        EXPECT_FALSE(turn.somebody_acts());
        EXPECT_FALSE(turn.late());
    }
}

TEST(DialogueClock, speaks_in_days) {
    const auto dates = dates_of(rules, y2026).value();
    EXPECT_EQ(in_words(turn_of(State::offered, dates, Date::of(2026, 4, 19))),
              "the practice: agree or disagree, by 1 May 2026 (12 days left)");
    EXPECT_EQ(in_words(turn_of(State::offered, dates, Date::of(2026, 4, 30))),
              "the practice: agree or disagree, by 1 May 2026 (1 day left)");
    EXPECT_EQ(in_words(turn_of(State::offered, dates, Date::of(2026, 5, 1))),
              "the practice: agree or disagree, by 1 May 2026 (today is the last day)");
    EXPECT_EQ(in_words(turn_of(State::referred, dates, Date::of(2026, 7, 2))),
              "the arbiter: rule, by 30 June 2026 (2 days late)");
    EXPECT_EQ(in_words(turn_of(State::agreed, dates, Date::of(2026, 7, 2))), "nobody has to act");
}

TEST(DialogueClock, gives_a_reopened_dialogue_as_much_time_from_its_reopening) {
    const auto dates = dates_of(rules, y2026).value();
    EXPECT_EQ(reopened_dates(dates, rules, Date::of(2025, 12, 1)), dates);
    const auto later = reopened_dates(dates, rules, Date::of(2026, 9, 1));
    EXPECT_EQ(later.data_by, Date::of(2026, 9, 15));
    EXPECT_EQ(later.agreed_by - later.data_by, dates.agreed_by - dates.data_by);
    EXPECT_EQ(later.ruled_by - later.offer_by, dates.ruled_by - dates.offer_by);
}

}  // namespace
}  // namespace purse
