// The published files loaded whole: sensible reasons, exact counts where the file is fixed.
#include <gtest/gtest.h>

#include "support/intake_files.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

using testing::take;
using testing::Taken;
using testing::test_context;

Taken take_shared(const char* name, DataSet set, std::size_t piece_size = 1 << 20) {
    const auto file =
        testing::test_file(FileBytes::open(testing::shared_folder() / "data" / name).value());
    return take(file, testing::intake_for(file, test_context(set)), piece_size);
}

using Counts = std::map<std::string, int>;

TEST(PublishedFiles, artificial_admitted_care_gives_sensible_reasons) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    const Taken taken =
        take_shared("synthetic_records/artificial_hes_apc_0102_sample.csv", DataSet::admitted_care);
    EXPECT_EQ(taken.rows_read, 2075U);
    EXPECT_EQ(taken.records.size(), 1816U);
    EXPECT_EQ(taken.by_reason(), (Counts{{"code_not_in_list", 12},
                                         {"missing_value", 1},
                                         {"spell_episode_missing", 168},
                                         {"spell_without_last_episode", 182},
                                         {"unfinished_spell", 76},
                                         {"ungrouped_hrg", 1887}}));
}

TEST(PublishedFiles, artificial_outpatients_give_sensible_reasons) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    const Taken taken =
        take_shared("synthetic_records/artificial_hes_op_0304_sample.csv", DataSet::outpatients);
    EXPECT_EQ(taken.records.size(), 911U);
    // first attendance "9" (not known) 29 times; "&" (not known) as treatment function 66 times
    EXPECT_EQ(taken.by_reason(), (Counts{{"code_not_in_list", 45}, {"missing_value", 66}}));
}

TEST(PublishedFiles, artificial_emergency_care_gives_sensible_reasons) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    const Taken taken =
        take_shared("synthetic_records/artificial_hes_ae_0708_sample.csv", DataSet::emergency);
    EXPECT_EQ(taken.records.size(), 1000U);
    EXPECT_EQ(taken.by_reason(), (Counts{{"ungrouped_hrg", 1000}}));
}

TEST(PublishedFiles, prescribing_of_both_ages_is_read_to_the_last_decimal) {
    PURSE_NEEDS_SHARED("data/prescribing");
    const Taken epd = take_shared("prescribing/epd_201709_fixture.csv", DataSet::prescribing);
    EXPECT_EQ(epd.records.size(), 10027U);
    EXPECT_EQ(plain_pounds(epd.read.actual_cost), "328908.73007");
    EXPECT_EQ(plain_pounds(epd.read.net_ingredient_cost), "352697.84000");
    EXPECT_EQ(epd.records.at(0).at("commissioner"), "11M");
    EXPECT_EQ(epd.records.at(0).at("quantity"), "168000");
    const Taken pdpi =
        take_shared("prescribing/hscic_pdpi_format_sample_2014.csv", DataSet::prescribing);
    EXPECT_EQ(pdpi.records.size(), 51U);
    EXPECT_EQ(plain_pounds(pdpi.read.actual_cost), "11856.25000");
    EXPECT_EQ(pdpi.records.at(0).at("bnf_name"), "Hyoscine Butylbrom_Tab 10mg");
    EXPECT_EQ(pdpi.records.at(0).at("costing_date"), "2014-10-31");
    EXPECT_TRUE(pdpi.findings.empty());
}

TEST(PublishedFiles, give_the_same_whatever_the_size_of_the_pieces) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    const char* const name = "synthetic_records/artificial_hes_apc_0102_sample.csv";
    const Taken whole = take_shared(name, DataSet::admitted_care, std::size_t{1} << 30);
    for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, std::size_t{65536}}) {
        const Taken cut = take_shared(name, DataSet::admitted_care, size);
        EXPECT_EQ(cut.records, whole.records) << size;
        EXPECT_EQ(cut.findings, whole.findings) << size;
    }
}

}  // namespace
}  // namespace purse
