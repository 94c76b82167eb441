// Attribution does not hang on the order of the register, the column kernel answers as the single
// question does, and chains of successions end.
#include "organisation/affiliation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

namespace purse {
namespace {

PracticeCode some_practice() { return PracticeCode("A" + std::to_string(*rc::gen::inRange(1, 8))); }

Date some_day() { return Date(*rc::gen::inRange(15'000, 15'200)); }

std::optional<Date> perhaps_a_day() {
    if (*rc::gen::arbitrary<bool>()) return std::nullopt;
    return some_day();
}

Membership some_membership() {
    const std::string parent = *rc::gen::arbitrary<bool>() ? "08R" : "07Y";
    return {
        some_practice(), MembershipKind::commissioner, parent, {perhaps_a_day(), perhaps_a_day()}};
}

struct Register {
    std::vector<Practice> practices;
    std::vector<Membership> memberships;
    std::vector<Succession> successions;
};

Register some_register() {
    Register made;
    for (int i = 1; i < 7; ++i) {
        Practice practice;
        practice.code = PracticeCode("A" + std::to_string(i));
        practice.close = perhaps_a_day();
        made.practices.push_back(practice);
    }
    const int memberships = *rc::gen::inRange(0, 12);
    for (int i = 0; i < memberships; ++i) made.memberships.push_back(some_membership());
    const int successions = *rc::gen::inRange(0, 10);
    for (int i = 0; i < successions; ++i) {
        made.successions.push_back({some_practice(), some_practice(), some_day()});
    }
    return made;
}

Affiliations affiliations_of(const Register& all) {
    AffiliationRules rules;
    rules.ours = {CommissionerCode("08R")};
    return {rules, all.practices, all.memberships, all.successions};
}

TEST(AffiliationLaws, the_order_of_the_register_does_not_matter) {
    EXPECT_TRUE(rc::check([] {
        Register all = some_register();
        const auto before = affiliations_of(all);
        std::mt19937 chance(static_cast<unsigned>(*rc::gen::inRange(0, 1 << 30)));
        std::ranges::shuffle(all.practices, chance);
        std::ranges::shuffle(all.memberships, chance);
        std::ranges::shuffle(all.successions, chance);
        const auto after = affiliations_of(all);
        RC_ASSERT(before.findings() == after.findings());
        for (int i = 0; i < 20; ++i) {
            const auto practice = some_practice();
            const auto day = some_day();
            RC_ASSERT(before.account_of(practice, {}, day) == after.account_of(practice, {}, day));
        }
    }));
}

TEST(AffiliationLaws, columns_get_the_answers_of_single_records) {
    EXPECT_TRUE(rc::check([] {
        const auto affiliations = affiliations_of(some_register());
        for (int i = 0; i < 30; ++i) {
            const std::uint64_t practice = some_practice().packed();
            const std::int32_t day = some_day().days();
            const std::uint64_t commissioner =
                packed(*rc::gen::element<std::string>("", "08R", "08R00", "07Y"));
            std::uint64_t account = 0;
            affiliations.accounts_of({&practice, 1}, {&commissioner, 1}, {&day, 1}, {&account, 1});
            const auto one =
                affiliations.account_of(PracticeCode::from_packed(practice),
                                        CommissionerCode::from_packed(commissioner), Date(day));
            RC_ASSERT(account == one.packed());
        }
    }));
}

TEST(AffiliationLaws, chains_of_successions_end_at_one_that_has_no_successor_that_day) {
    EXPECT_TRUE(rc::check([] {
        const auto affiliations = affiliations_of(some_register());
        for (int i = 0; i < 20; ++i) {
            const auto day = some_day();
            const auto last = affiliations.current_of(some_practice(), day);
            RC_ASSERT(affiliations.current_of(last, day) == last);
        }
    }));
}

}  // namespace
}  // namespace purse
