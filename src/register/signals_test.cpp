// Charts' limits, alerts and letters, on both databases.
#include "register/signals.hpp"

#include <gtest/gtest.h>

#include "register/backends_test.hpp"

namespace purse {
namespace {

const PracticeCode practice("X90001");

class SignalsOn : public testing::OnEachBackend {};

NewChartRebase rebase_of(const std::string& person, const std::string& reason) {
    return {practice, "chest_and_heart", Month(2017, 7), person, reason, "2017-10-01T09:00:00Z"};
}

TEST_P(SignalsOn, limits_are_moved_by_a_person_for_a_reason_and_stand_in_the_trail) {
    Register store = made();
    EXPECT_FALSE(store.record_chart_rebase(rebase_of("", "the clinic opened")).ok());
    EXPECT_FALSE(store.record_chart_rebase(rebase_of("Ian Ivy", "")).ok());
    EXPECT_TRUE(store.chart_rebases().empty());
    ASSERT_TRUE(store.record_chart_rebase(rebase_of("Ian Ivy", "the clinic opened")).ok());
    const auto back = store.chart_rebases();
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].number, 1);
    EXPECT_EQ(back[0].rebase.person, "Ian Ivy");
    EXPECT_EQ(back[0].rebase.from, Month(2017, 7));
    const auto trail = store.audit({.action = "chart_rebased", .limit = 5});
    ASSERT_TRUE(trail.ok());
    ASSERT_EQ(trail->entries.size(), 1U);
    EXPECT_EQ(trail->entries[0].act.subject, "X90001 chest_and_heart");
    EXPECT_TRUE(store.check_audit().ok());
}

NewAlert alert_of(Month month, const std::string& seen_by) {
    return {month,     practice, "chest_and_heart",     seen_by, -1, Month(2017, 7),
            "it fell", 1,        "2018-04-20T09:00:00Z"};
}

TEST_P(SignalsOn, an_alert_is_kept_once) {
    Register store = made();
    const std::vector<NewAlert> two = {alert_of(Month(2018, 3), "chart"),
                                       alert_of(Month(2018, 3), "funnel")};
    EXPECT_EQ(store.record_alerts(two).size(), 2U);
    EXPECT_TRUE(store.record_alerts(two).empty());
    EXPECT_EQ(store.record_alerts(std::vector{alert_of(Month(2018, 4), "chart")}).size(), 1U);
    const auto all = store.alerts();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].alert.seen_by, "chart");
    EXPECT_EQ(all[0].alert.side, -1);
    EXPECT_EQ(all[2].alert.month, Month(2018, 4));
    EXPECT_EQ(store.alerts(2).size(), 1U);
}

TEST_P(SignalsOn, who_asks_for_letters_is_told_of_what_comes) {
    Register store = made();
    EXPECT_FALSE(store.set_letters(AccountNumber{1}, LetterFrequency::weekly).ok());
    NewAccount account;
    account.name = "i.ivy";
    account.role = Role::commissioner_information;
    account.commissioner = CommissionerCode("9ZZ");
    const auto added = store.add_account(account);
    ASSERT_TRUE(added.ok()) << added.problem().says;
    (void)store.record_alerts(std::vector{alert_of(Month(2018, 3), "chart")});
    const auto set = store.set_letters(added->number, LetterFrequency::weekly);
    ASSERT_TRUE(set.ok());
    EXPECT_EQ(set->told_up_to, 1);
    EXPECT_EQ(set->sent_at, "");
    store.letter_sent(added->number, 4, "2018-05-01T09:00:00Z");
    // Another frequency is no new start.
    ASSERT_TRUE(store.set_letters(added->number, LetterFrequency::monthly).ok());
    const auto settings = store.letter_settings();
    ASSERT_EQ(settings.size(), 1U);
    EXPECT_EQ(settings[0].how_often, LetterFrequency::monthly);
    EXPECT_EQ(settings[0].told_up_to, 4);
    EXPECT_EQ(settings[0].sent_at, "2018-05-01T09:00:00Z");
}

PURSE_ON_EACH_BACKEND(SignalsOn);

TEST(LetterFrequencies, are_read_as_they_are_written) {
    for (const auto how_often :
         {LetterFrequency::none, LetterFrequency::weekly, LetterFrequency::monthly}) {
        EXPECT_EQ(parse_letter_frequency(to_text(how_often)).value(), how_often);
    }
    EXPECT_FALSE(parse_letter_frequency("daily").ok());
}

}  // namespace
}  // namespace purse
