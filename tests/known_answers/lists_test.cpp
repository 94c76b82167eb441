// The published list sizes and payments, read as they are, with the totals that their own
// descriptions give (data/list_sizes/README.md, data/gp_payments/README.md) or another program
// counted.
#include <gtest/gtest.h>

#include "population/list_file.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

ListFile read(const char* name) {
    auto file = read_lists(testing::shared_folder() / "data" / name, Date::of(2021, 1, 1));
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.problem().says);
    if (!file) return {};
    EXPECT_TRUE(file->unread.empty()) << name;
    EXPECT_TRUE(file->disagreements.empty()) << name;
    return std::move(file).value();
}

std::int64_t whole_patients(const ListFile& file) {
    Patients sum;
    for (const ListSize& size : file.sizes) {
        if (size.sex == 'A' && size.ages.all_ages()) sum += size.patients;
    }
    return sum.whole();
}

TEST(PublishedLists, of_january_2021_hold_60606345_patients_of_6658_practices) {
    PURSE_NEEDS_SHARED("data/list_sizes");
    const auto file = read("list_sizes/gp_reg_pat_prac_all_2021_01.csv");
    EXPECT_EQ(file.sizes.size(), 6'658u);
    EXPECT_EQ(whole_patients(file), 60'606'345);
    EXPECT_EQ(file.day_in_file, Date::of(2021, 1, 1));
}

TEST(PublishedLists, by_five_year_band_and_sex_add_up_to_their_totals) {
    PURSE_NEEDS_SHARED("data/list_sizes");
    const auto file = read("list_sizes/gp_reg_pat_prac_quin_age_2017_09_fixture.csv");
    EXPECT_EQ(file.rows, 172u);
    EXPECT_EQ(file.sizes.size(), 172u);
    EXPECT_EQ(whole_patients(file), 4'181 + 10'529 + 6'632 + 6'939);
}

TEST(PublishedLists, by_published_bands_are_kept_as_they_overlap) {
    PURSE_NEEDS_SHARED("data/list_sizes");
    const auto bands = read("list_sizes/gp_by_age_band_2020.csv");
    EXPECT_EQ(bands.sizes.size(), 6'730u * 8);
    const auto demographics = read("list_sizes/gp_demographics_2020.csv");
    EXPECT_EQ(demographics.sizes.size(), 6'797u * 8);
}

TEST(PublishedLists, in_payments_come_with_weighted_patients) {
    PURSE_NEEDS_SHARED("data/gp_payments");
    const auto early = read("gp_payments/nhs_payments_to_general_practice_2014_15.csv");
    EXPECT_EQ(early.weighted.size(), 7'959u);
    EXPECT_EQ(whole_patients(early), 56'633'982);
    const auto late = read("gp_payments/nhs_payments_to_general_practice_2018_19.csv");
    EXPECT_EQ(late.weighted.size(), 7'279u);
    EXPECT_EQ(whole_patients(late), 59'824'330);
}

}  // namespace
}  // namespace purse
