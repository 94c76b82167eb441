#include "register/closings.hpp"

#include <gtest/gtest.h>

#include "register/backends_test.hpp"

namespace purse {
namespace {

using testing::load_of;

const Month june(2017, 6);
const FinancialYear y2017(2017);

// A register with two loads and two price lists to close a month with.
class ClosingsOn : public testing::OnEachBackend {
  protected:
    [[nodiscard]] Register ready() const {
        auto one = made();
        for (const char* digest : {"d1", "d2"}) {
            EXPECT_TRUE(one.record_batch(load_of(Extract::flex, digest, {"RVR", "RYJ"})).ok());
        }
        for (const char* version : {"aa", "bb"}) {
            const NewImport file{.kind = ImportKind::tariff, .digest = version};
            EXPECT_TRUE(one.import_tariff(file, {.year = y2017, .version = version}).ok());
        }
        return one;
    }
};

NewClosing closing_of(Month month, std::int64_t batch = 1, const std::string& version = "aa",
                      const std::string& other = "rules-1") {
    return {.month = month,
            .closed_at = "2017-08-20T09:00:00Z",
            .folder = "closings/" + to_text(month),
            .cube = {"closings/cube.parquet", "c1"},
            .charges = {"closings/charges.parquet", "c2"},
            .batches = {{{batch}, ProviderCode("RYJ")}, {{batch}, ProviderCode("RVR")}},
            .tariffs = {{y2017, version}},
            .other_inputs = other,
            .totals = {{"priced", 8, FinePence(123'456'789'012)}, {"excluded", 0, FinePence(0)}}};
}

TEST_P(ClosingsOn, a_closing_is_read_back_whole) {
    auto one = ready();
    const auto recorded = one.record_closing(closing_of(june));
    ASSERT_TRUE(recorded.ok());
    EXPECT_FALSE(recorded->already_closed);
    EXPECT_EQ(recorded->closing.sequence, 1);
    const auto latest = one.latest_closing(june);
    ASSERT_TRUE(latest.has_value());
    const NewClosing& back = latest->closing;
    const NewClosing given = closing_of(june);
    EXPECT_EQ(back.month, june);
    EXPECT_EQ(back.closed_at, given.closed_at);
    EXPECT_EQ(back.folder, given.folder);
    EXPECT_EQ(back.cube, given.cube);
    EXPECT_EQ(back.charges, given.charges);
    EXPECT_EQ(back.batches, recorded->closing.closing.batches);
    ASSERT_EQ(back.batches.size(), 2U);
    EXPECT_EQ(back.batches[0].provider, ProviderCode("RVR"));
    EXPECT_EQ(back.tariffs, given.tariffs);
    EXPECT_EQ(back.other_inputs, "rules-1");
    EXPECT_EQ(back.totals, given.totals);
    EXPECT_FALSE(one.latest_closing(june + 1).has_value());
}

TEST_P(ClosingsOn, the_same_inputs_give_the_latest_closing_back) {
    auto one = ready();
    ASSERT_TRUE(one.record_closing(closing_of(june)).ok());
    auto again = closing_of(june);
    std::swap(again.batches[0], again.batches[1]);
    again.closed_at = "2018-01-01T00:00:00Z";
    const auto recorded = one.record_closing(again);
    ASSERT_TRUE(recorded.ok());
    EXPECT_TRUE(recorded->already_closed);
    EXPECT_EQ(recorded->closing.closing.closed_at, "2017-08-20T09:00:00Z");
    EXPECT_EQ(one.closings().size(), 1U);
}

TEST_P(ClosingsOn, any_other_input_is_a_new_closing_and_the_old_one_stays) {
    auto one = ready();
    const NewClosing each[] = {closing_of(june), closing_of(june, 2), closing_of(june, 2, "bb"),
                               closing_of(june, 2, "bb", "rules-2"), closing_of(june)};
    int sequence = 0;
    for (const NewClosing& closing : each) {
        const auto recorded = one.record_closing(closing);
        ASSERT_TRUE(recorded.ok());
        EXPECT_FALSE(recorded->already_closed);
        EXPECT_EQ(recorded->closing.sequence, ++sequence);
    }
    ASSERT_TRUE(one.record_closing(closing_of(june - 1)).ok());
    const auto all = one.closings();
    ASSERT_EQ(all.size(), 6U);
    EXPECT_EQ(all[0].closing.month, june - 1);
    EXPECT_EQ(all[5].sequence, 5);
    EXPECT_EQ(one.stored_files().size(), 2U + 2 * 6U);
}

TEST_P(ClosingsOn, a_closing_of_a_load_that_is_not_there_is_refused_and_leaves_nothing) {
    auto one = ready();
    EXPECT_THROW((void)one.record_closing(closing_of(june, 9)), std::runtime_error);
    EXPECT_THROW((void)one.record_closing(closing_of(june, 1, "cc")), std::runtime_error);
    EXPECT_TRUE(one.closings().empty());
}

PURSE_ON_EACH_BACKEND(ClosingsOn);

}  // namespace
}  // namespace purse
