// Referrals and waiting lists kept as counts, on both databases.
#include "register/counted_extracts.hpp"

#include <gtest/gtest.h>

#include "register/backends_test.hpp"

namespace purse {
namespace {

const Month june(2017, 6);

class CountedExtractsOn : public testing::OnEachBackend {};

NewCountedExtract extract_of(const std::string& digest, const std::string& about = "2017-06",
                             const std::string& source = "e-RS") {
    NewCountedExtract extract;
    extract.about = about;
    extract.source = source;
    extract.files = digest + ".csv";
    extract.digest = digest;
    extract.layout = "purse_referrals";
    extract.rows = 12;
    extract.accepted = 9;
    extract.rejected = 2;
    extract.passed_over = 1;
    extract.rejects = "rejects/referrals/" + digest + ".csv";
    extract.at = "2017-07-20T09:00:00Z";
    return extract;
}

std::vector<ReferralCount> some(std::int64_t count, Month month = june) {
    return {{month, PracticeCode("X90001"), ProviderCode("ZX1"), "110", "routine", 'F', 40, count},
            {month, PracticeCode("X90002"), ProviderCode(), "110", "", '?', {}, 1}};
}

TEST_P(CountedExtractsOn, come_back_as_they_were_kept_and_stand_in_the_trail) {
    Register store = made();
    const auto kept = store.record_referrals(extract_of("a"), some(8));
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->extract.number, 1);
    EXPECT_EQ(store.referrals(june, june), some(8));
    EXPECT_EQ(store.referrals_of(1), some(8));
    EXPECT_TRUE(store.referrals(june + 1, june + 2).empty());
    const auto extracts = store.counted_extracts();
    ASSERT_EQ(extracts.size(), 1U);
    EXPECT_EQ(extracts[0].extract.rejects, "rejects/referrals/a.csv");
    EXPECT_EQ(store.audit({.action = "counts_imported", .limit = 5}).value().entries.size(), 1U);
    EXPECT_TRUE(store.check_audit().ok());
}

TEST_P(CountedExtractsOn, the_same_content_changes_nothing_and_another_takes_its_place_whole) {
    Register store = made();
    ASSERT_TRUE(store.record_referrals(extract_of("a"), some(8)).ok());
    EXPECT_TRUE(store.record_referrals(extract_of("a"), some(8)).value().already_there);
    ASSERT_TRUE(store.record_referrals(extract_of("b"), some(5)).ok());
    EXPECT_EQ(store.referrals(june, june), some(5));
    EXPECT_EQ(store.referrals_of(1), some(8)) << "the earlier one stays readable";
    EXPECT_EQ(store.counted_extracts()[0].replaced_by, 2);
    EXPECT_FALSE(store.record_referrals(extract_of("a"), some(8)).value().already_there)
        << "back to the first: a third extract";
    EXPECT_EQ(store.referrals(june, june), some(8));
}

TEST_P(CountedExtractsOn, of_other_sources_and_months_stand_beside_each_other) {
    Register store = made();
    ASSERT_TRUE(store.record_referrals(extract_of("a"), some(8)).ok());
    ASSERT_TRUE(store.record_referrals(extract_of("b", "2017-06", "ZX3"), some(2)).ok());
    ASSERT_TRUE(store.record_referrals(extract_of("c", "2017-07"), some(3, june + 1)).ok());
    EXPECT_EQ(store.referrals(june, june).size(), 4U);
    EXPECT_EQ(store.referrals(june, june + 1).size(), 6U);
}

TEST_P(CountedExtractsOn, rows_that_do_not_add_up_are_our_fault_and_are_not_kept) {
    Register store = made();
    NewCountedExtract wrong = extract_of("a");
    wrong.rows = 13;
    EXPECT_THROW((void)store.record_referrals(wrong, some(8)), std::runtime_error);
    EXPECT_TRUE(store.counted_extracts().empty());
    EXPECT_TRUE(store.referrals(june, june).empty());
}

TEST_P(CountedExtractsOn, waiting_lists_are_kept_by_their_day) {
    Register store = made();
    NewCountedExtract extract = extract_of("a", "2018-03-31");
    extract.kind = CountedKind::waiting_list;
    const std::vector<WaitingCount> waiting = {
        {PracticeCode("X90001"), ProviderCode("ZX1"), "110", "admission", "HN22A", 18, 3}};
    ASSERT_TRUE(store.record_waiting_list(extract, waiting).ok());
    EXPECT_EQ(store.waiting_of(1), waiting);
    EXPECT_TRUE(store.referrals(june, june).empty());
    EXPECT_EQ(store.counted_extracts()[0].extract.kind, CountedKind::waiting_list);
}

INSTANTIATE_TEST_SUITE_P(Register, CountedExtractsOn,
                         ::testing::Values(RegisterKind::sqlite, RegisterKind::postgresql),
                         testing::backend_name);

}  // namespace
}  // namespace purse
