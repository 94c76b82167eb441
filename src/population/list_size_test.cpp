#include "population/list_size.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

const PracticeCode elm("A81001");
const Date in_april = Date::of(2017, 4, 1);
const Date in_july = Date::of(2017, 7, 1);

ListSize size(Date day, char sex, AgeBand ages, std::int64_t patients) {
    return {elm, day, sex, ages, Patients(patients)};
}

TEST(AgeBand, is_read_as_published) {
    struct Case {
        const char* text;
        AgeBand band;
        const char* written;
    };
    for (const Case& c : {Case{"ALL", {0, oldest_age}, "all"},
                          {"0_4", {0, 4}, "0-4"},
                          {"5-9", {5, 9}, "5-9"},
                          {"95+", {95, oldest_age}, "95+"},
                          {"16OV", {16, oldest_age}, "16+"},
                          {"42", {42, 42}, "42"}}) {
        const auto band = parse_age_band(c.text);
        ASSERT_TRUE(band.ok()) << c.text;
        EXPECT_EQ(*band, c.band) << c.text;
        EXPECT_EQ(to_text(*band), c.written);
    }
    for (const auto* text : {"", "+", "9_5", "0_", "_4", "131", "-1", "65OV%", "16perc", "1_2_3"}) {
        EXPECT_FALSE(parse_age_band(text).ok()) << text;
    }
}

TEST(Lists, give_the_latest_list_on_or_before_the_day) {
    const Lists lists({size(in_july, 'A', {}, 5'100), size(in_april, 'A', {}, 5'000)},
                      {{elm, in_april, Patients(5'500)}});
    EXPECT_FALSE(lists.total(elm, in_april - 1).has_value());
    EXPECT_EQ(lists.total(elm, in_april), Patients(5'000));
    EXPECT_EQ(lists.total(elm, in_july - 1), Patients(5'000));
    EXPECT_EQ(lists.total(elm, in_july + 400), Patients(5'100));
    EXPECT_EQ(lists.day_known(elm, in_july - 1), in_april);
    EXPECT_EQ(lists.weighted(elm, in_july), Patients(5'500));
    EXPECT_FALSE(lists.weighted(elm, in_april - 1).has_value());
    EXPECT_FALSE(lists.total(PracticeCode("B1"), in_july).has_value());
    EXPECT_TRUE(lists.bands(PracticeCode("B1"), in_july).empty());
}

TEST(Lists, add_up_bands_only_when_they_cover_every_age_once) {
    const Lists whole({size(in_april, 'M', {0, 64}, 100), size(in_april, 'M', {65, oldest_age}, 20),
                       size(in_april, 'F', {65, oldest_age}, 30), size(in_april, 'F', {0, 64}, 90)},
                      {});
    EXPECT_EQ(whole.total(elm, in_april), Patients(240));
    const Lists overlapping(
        {size(in_april, 'A', {16, oldest_age}, 100), size(in_april, 'A', {0, 64}, 100)}, {});
    EXPECT_FALSE(overlapping.total(elm, in_april).has_value());
    EXPECT_EQ(overlapping.bands(elm, in_april).size(), 2u);
    const Lists men_only({size(in_april, 'M', {}, 100)}, {});
    EXPECT_FALSE(men_only.total(elm, in_april).has_value());
}

}  // namespace
}  // namespace purse
