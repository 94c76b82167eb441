#include "population/age_bands.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

std::vector<ListSize> list_of(std::initializer_list<std::pair<const char*, int>> men) {
    std::vector<ListSize> sizes;
    for (const auto& [band, patients] : men) {
        for (const char sex : {'M', 'F'}) {
            ListSize size;
            size.sex = sex;
            size.ages = parse_age_band(band).value();
            size.patients = Patients(sex == 'M' ? patients : patients * 2);
            sizes.push_back(size);
        }
    }
    return sizes;
}

std::vector<AgeBand> bands_of(std::vector<std::string> texts) {
    return parse_age_bands(texts).value();
}

TEST(AgeBands, are_made_up_of_whole_published_bands) {
    const auto published =
        list_of({{"0-4", 1}, {"5-9", 2}, {"10-14", 4}, {"15-74", 8}, {"75-79", 16}, {"80+", 32}});
    const auto list = in_bands(published, bands_of({"0-4", "5-14", "15-74", "75+"}));
    ASSERT_TRUE(list.ok()) << list.problem().says;
    EXPECT_EQ(list->men, (std::vector{Patients(1), Patients(6), Patients(8), Patients(48)}));
    EXPECT_EQ(list->women[3], Patients(96));
    EXPECT_EQ(list->all(), Patients(63 * 3));
}

TEST(AgeBands, count_nobody_twice_where_published_bands_overlap) {
    // 16+ and the totals overlap the finer bands; 5-74 leads to a dead end and is not taken.
    const auto published = list_of({{"ALL", 99},
                                    {"0-4", 1},
                                    {"5-74", 50},
                                    {"5-15", 2},
                                    {"16-64", 4},
                                    {"16+", 28},
                                    {"65+", 24}});
    const auto list = in_bands(published, bands_of({"0-4", "5-64", "65+"}));
    ASSERT_TRUE(list.ok()) << list.problem().says;
    EXPECT_EQ(list->men, (std::vector{Patients(1), Patients(6), Patients(24)}));
}

TEST(AgeBands, refuse_edges_that_do_not_fit_and_lists_without_age) {
    const auto published = list_of({{"0-9", 1}, {"10+", 2}});
    const auto list = in_bands(published, bands_of({"0-4", "5+"}));
    ASSERT_FALSE(list.ok());
    EXPECT_NE(list.problem().says.find("do not make up the men of 0-4"), std::string::npos);
    const auto total = in_bands(list_of({{"ALL", 5}}), bands_of({"0-4", "5+"}));
    ASSERT_FALSE(total.ok());
    EXPECT_NE(total.problem().says.find("no men by age"), std::string::npos);
}

TEST(AgeBands, hold_every_age_once) {
    EXPECT_FALSE(parse_age_bands({"0-4", "6+"}).ok());
    EXPECT_FALSE(parse_age_bands({"0-4", "5-9"}).ok());
    EXPECT_FALSE(parse_age_bands({"0-4", "4+"}).ok());
    const auto bands = bands_of({"0-4", "5-14", "15+"});
    EXPECT_EQ(band_of(0, bands), 0U);
    EXPECT_EQ(band_of(4, bands), 0U);
    EXPECT_EQ(band_of(5, bands), 1U);
    EXPECT_EQ(band_of(112, bands), 2U);
}

}  // namespace
}  // namespace purse
