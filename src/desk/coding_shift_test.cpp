#include "desk/coding_shift.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

constexpr CodingShiftRules rules = {
    .least_cases = 20, .standard_errors = 5, .least_change_percent = 10};

// Twelve months of 40 stays: `coded` of them until the change, `later` from then on.
void add_year(std::vector<CodingCount>& counts, const std::string& provider,
              const std::string& root, std::int64_t coded, std::int64_t later,
              Month change = Month(2017, 9), const std::string& account = "X90001") {
    for (Month month(2017, 4); month <= Month(2018, 3); month = month + 1) {
        const std::int64_t now = month < change ? coded : later;
        counts.push_back({ProviderCode(provider), Account(account), root, month, now, 40 - now,
                          Pence(now * 80'000), Pence((40 - now) * 60'000)});
    }
}

TEST(CodingShift, is_found_in_its_month_at_its_root_with_what_is_at_stake) {
    std::vector<CodingCount> counts;
    add_year(counts, "RVR", "AB12", 4, 40);
    add_year(counts, "RVR", "CD34", 4, 4);
    add_year(counts, "RYJ", "AB12", 4, 4);
    const auto found = coding_shifts(CodingQuestion::day_case_as_ordinary, counts, rules);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].root, "");
    const CodingShift& shift = found[1];
    EXPECT_EQ(shift.provider, ProviderCode("RVR"));
    EXPECT_EQ(shift.root, "AB12");
    EXPECT_EQ(shift.since, Month(2017, 9));
    EXPECT_EQ(in_percent(shift.before), "10%");
    EXPECT_EQ(in_percent(shift.after), "100%");
    EXPECT_EQ(in_percent(shift.others_after), "10%");
    // 7 months of 36 more than the 4 of before, each £200 dearer.
    EXPECT_EQ(shift.extra_cases, 252);
    EXPECT_EQ(shift.at_stake, Pence(252 * 20'000));
    EXPECT_EQ(found[0].at_stake, shift.at_stake);
    EXPECT_EQ(found[0].since, shift.since);
}

TEST(CodingShift, is_shared_over_accounts_to_the_penny) {
    std::vector<CodingCount> counts;
    add_year(counts, "RVR", "AB12", 4, 40, Month(2017, 9), "X90001");
    add_year(counts, "RVR", "AB12", 5, 37, Month(2017, 9), "X90002");
    add_year(counts, "RVR", "AB12", 3, 31, Month(2017, 9), "X90003");
    const auto found = coding_shifts(CodingQuestion::day_case_as_ordinary, counts, rules);
    ASSERT_FALSE(found.empty());
    for (const CodingShift& shift : found) {
        Pence sum;
        for (const auto& [account, amount] : shift.by_account) sum += amount;
        EXPECT_EQ(sum, shift.at_stake);
        EXPECT_EQ(shift.by_account.size(), 3U);
    }
}

TEST(CodingShift, is_none_where_all_change_or_nothing_does_or_too_few_are_there) {
    std::vector<CodingCount> all_change;
    add_year(all_change, "RVR", "AB12", 4, 40);
    add_year(all_change, "RYJ", "AB12", 4, 40);
    EXPECT_TRUE(coding_shifts(CodingQuestion::day_case_as_ordinary, all_change, rules).empty());
    std::vector<CodingCount> steady;
    add_year(steady, "RVR", "AB12", 4, 5);
    add_year(steady, "RYJ", "AB12", 4, 4);
    EXPECT_TRUE(coding_shifts(CodingQuestion::day_case_as_ordinary, steady, rules).empty());
    std::vector<CodingCount> falling;
    add_year(falling, "RVR", "AB12", 40, 4);
    EXPECT_TRUE(coding_shifts(CodingQuestion::day_case_as_ordinary, falling, rules).empty());
    std::vector<CodingCount> few;
    few.push_back({ProviderCode("RVR"), Account("X90001"), "AB12", Month(2017, 4), 0, 19, Pence(0),
                   Pence(1)});
    few.push_back({ProviderCode("RVR"), Account("X90001"), "AB12", Month(2017, 5), 19, 0, Pence(1),
                   Pence(0)});
    EXPECT_TRUE(coding_shifts(CodingQuestion::day_case_as_ordinary, few, rules).empty());
    EXPECT_TRUE(coding_shifts(CodingQuestion::day_case_as_ordinary, {}, rules).empty());
}

TEST(CodingShift, costs_nothing_where_both_codings_have_one_price) {
    std::vector<CodingCount> counts;
    add_year(counts, "RVR", "AB12", 4, 40);
    for (CodingCount& count : counts) {
        count.price_of_coded = Pence(count.coded * 50'000);
        count.price_of_others = Pence(count.others * 50'000);
    }
    const auto found = coding_shifts(CodingQuestion::day_case_as_ordinary, counts, rules);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[1].at_stake, Pence(0));
    EXPECT_EQ(found[1].extra_cases, 252);
}

}  // namespace
}  // namespace purse
