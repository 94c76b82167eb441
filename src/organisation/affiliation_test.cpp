#include "organisation/affiliation.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

Practice practice(std::string_view code, std::optional<Date> close = {},
                  std::optional<int> setting = 4) {
    Practice made;
    made.code = PracticeCode(code);
    made.name = "Practice " + std::string(code);
    made.close = close;
    made.prescribing_setting = setting;
    return made;
}

Membership member(std::string_view code, std::string parent, std::optional<Date> from,
                  std::optional<Date> to = {}) {
    return {PracticeCode(code), MembershipKind::commissioner, std::move(parent), {from, to}};
}

const Date d2010 = Date::of(2010, 1, 1);
const Date d2015 = Date::of(2015, 6, 1);
const Date d2017 = Date::of(2017, 6, 1);
const Date d2020 = Date::of(2020, 6, 1);

// Ours is 08R with its predecessor 5PT. A1 moved from another to us in 2016; A2 merged into A1 in
// 2018; A3 closed in 2018; A4 is another's; A5 is a hospice; W1 is Welsh.
Affiliations made() {
    AffiliationRules rules;
    rules.ours = {CommissionerCode("08R"), CommissionerCode("5PT")};
    const std::vector<Practice> practices = {practice("A1"),
                                             practice("A2", Date::of(2018, 3, 31)),
                                             practice("A3", Date::of(2018, 3, 31)),
                                             practice("A4", Date::of(2019, 3, 31)),
                                             practice("A5", {}, 9),
                                             practice("W00001"),
                                             practice("A6")};
    const std::vector<Membership> memberships = {
        member("A1", "07Y", d2010, Date::of(2016, 3, 31)),
        member("A1", "08R", Date::of(2016, 4, 1)),
        member("A2", "5PT", d2010, Date::of(2013, 3, 31)),
        member("A2", "08R", Date::of(2013, 4, 1), Date::of(2018, 3, 31)),
        member("A3", "08R", d2010),
        member("A4", "07Y", d2010),
        member("A5", "08R", d2010),
        member("W00001", "7A3", d2010),
        member("A6", "08R", d2017)};
    return {rules,
            practices,
            memberships,
            {{PracticeCode("A2"), PracticeCode("A1"), Date::of(2018, 4, 1)}}};
}

Account account_of(std::string_view code, Date day, std::string_view commissioner = "") {
    return made().account_of(PracticeCode(code), CommissionerCode(commissioner), day);
}

TEST(Affiliations, follow_the_membership_on_the_activity_date) {
    EXPECT_EQ(account_of("A1", d2015), account::other_commissioner);
    EXPECT_EQ(account_of("A1", Date::of(2016, 3, 31)), account::other_commissioner);
    EXPECT_EQ(account_of("A1", Date::of(2016, 4, 1)), PracticeCode("A1"));
    EXPECT_EQ(account_of("A2", d2010), PracticeCode("A2"))
        << "a predecessor of ours counts as ours";
    EXPECT_EQ(account_of("A1", d2015, "08R"), account::other_commissioner)
        << "the register goes before the record";
}

TEST(Affiliations, attribute_a_merged_practice_to_its_successor_from_the_day_on) {
    EXPECT_EQ(account_of("A2", Date::of(2018, 3, 31)), PracticeCode("A2"));
    EXPECT_EQ(account_of("A2", Date::of(2018, 4, 1)), PracticeCode("A1"));
    EXPECT_EQ(made().current_of(PracticeCode("A2"), d2020), PracticeCode("A1"));
    EXPECT_EQ(made().current_of(PracticeCode("A2"), d2017), PracticeCode("A2"));
}

TEST(Affiliations, keep_what_is_of_no_practice_of_ours_in_named_accounts) {
    for (const auto* code : {"", "V81997", "V81998", "V81999"}) {
        EXPECT_EQ(account_of(code, d2017), account::unregistered) << code;
    }
    EXPECT_EQ(account_of("Q99999", d2017), account::unknown_practice);
    EXPECT_EQ(account_of("W99999", d2017), account::cross_border);
    EXPECT_EQ(account_of("W00001", d2017), account::cross_border);
    EXPECT_EQ(account_of("S12345", d2017), account::cross_border);
    EXPECT_EQ(account_of("A4", d2017), account::other_commissioner);
    EXPECT_EQ(account_of("A4", d2020), account::other_commissioner) << "closed, and never ours";
    EXPECT_EQ(account_of("A3", d2017), PracticeCode("A3"));
    EXPECT_EQ(account_of("A3", d2020), account::closed_practice);
    EXPECT_EQ(account_of("A5", d2017), account::not_general_practice);
    for (const Account account : unattributed_accounts()) {
        EXPECT_TRUE(is_unattributed(account));
        EXPECT_TRUE(made().name_of(account).starts_with("Unattributed: "));
    }
    EXPECT_FALSE(is_unattributed(PracticeCode("A3")));
    EXPECT_EQ(made().name_of(PracticeCode("A3")), "Practice A3");
    EXPECT_EQ(made().name_of(PracticeCode("Q99999")), "Q99999");
}

TEST(Affiliations, ask_the_record_where_the_register_says_nothing_of_the_day) {
    EXPECT_EQ(account_of("A6", d2015), PracticeCode("A6")) << "its first membership";
    EXPECT_EQ(account_of("A6", d2015, "07Y"), account::other_commissioner);
    EXPECT_EQ(account_of("A6", d2015, "08R"), PracticeCode("A6"));
    EXPECT_EQ(account_of("A1", Date::of(2009, 1, 1)), account::other_commissioner);
    EXPECT_EQ(account_of("A1", Date::of(2009, 1, 1), "5PT00"), PracticeCode("A1"));
}

TEST(Affiliations, report_successions_that_cannot_be_and_leave_them_out) {
    const std::vector<Practice> practices = {practice("A1"), practice("A2"), practice("A3")};
    const auto code = [](const char* text) { return PracticeCode(text); };
    const Affiliations circle({}, practices, {},
                              {{code("A3"), code("A1"), d2020},
                               {code("A1"), code("A2"), d2015},
                               {code("A2"), code("A3"), d2017},
                               {code("A2"), code("A2"), d2017},
                               {code("A2"), code("A1"), d2017},
                               {code("A1"), code("Q1"), d2017},
                               {code("A1"), code("A3"), d2015}});
    EXPECT_EQ(circle.current_of(code("A1"), d2020), code("A3"));
    EXPECT_EQ(circle.current_of(code("A3"), d2020), code("A3"));
    EXPECT_EQ(circle.findings().size(), 5u);
}

TEST(Affiliations, give_columns_the_same_answers) {
    const auto affiliations = made();
    std::vector<std::uint64_t> practices;
    std::vector<std::uint64_t> commissioners;
    std::vector<std::int32_t> days;
    for (const auto* code :
         {"", "A1", "A2", "A3", "A4", "A5", "A6", "W00001", "W2", "Q1", "V81999"}) {
        for (const auto* commissioner : {"", "08R", "5PT00", "07Y"}) {
            for (int day = d2010.days() - 400; day < d2020.days(); day += 13) {
                practices.push_back(packed(code));
                commissioners.push_back(packed(commissioner));
                days.push_back(day);
            }
        }
    }
    std::vector<std::uint64_t> accounts(practices.size());
    affiliations.accounts_of(practices, commissioners, days, accounts);
    for (std::size_t i = 0; i < practices.size(); ++i) {
        const auto one =
            affiliations.account_of(PracticeCode::from_packed(practices[i]),
                                    CommissionerCode::from_packed(commissioners[i]), Date(days[i]));
        ASSERT_EQ(unpacked(accounts[i]), one.text()) << unpacked(practices[i]);
    }
}

TEST(Affiliations, list_our_practices_of_a_day_in_order_of_code) {
    const auto ours = made().ours_on(d2017);
    EXPECT_EQ(ours, (std::vector<PracticeCode>{PracticeCode("A1"), PracticeCode("A2"),
                                               PracticeCode("A3"), PracticeCode("A6")}));
    EXPECT_EQ(made().ours_on(d2020).size(), 2u);
}

TEST(Affiliations, know_the_network_of_a_practice_on_a_day) {
    const std::vector<Membership> memberships = {
        {PracticeCode("A1"), MembershipKind::network, "U1", {d2010, d2015}},
        {PracticeCode("A1"), MembershipKind::network, "U2", {d2015 + 1, {}}}};
    const Affiliations affiliations({}, {practice("A1")}, memberships, {});
    EXPECT_EQ(affiliations.network_of(PracticeCode("A1"), d2015).text(), "U1");
    EXPECT_EQ(affiliations.network_of(PracticeCode("A1"), d2020).text(), "U2");
    EXPECT_TRUE(affiliations.network_of(PracticeCode("A1"), Date::of(2009, 1, 1)).empty());
    EXPECT_TRUE(affiliations.network_of(PracticeCode("A2"), d2020).empty());
}

}  // namespace
}  // namespace purse
