#include "calendar/date.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Date, IsReadInItsThreeFormats) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"2017-06-30", "2017-06-30"},       {"30/06/2017", "2017-06-30"},
        {"30-06-2017", "2017-06-30"},       {"20170630", "2017-06-30"},
        {"2016-02-29", "2016-02-29"},       {"2017-06-30T23:59:59", "2017-06-30"},
        {"2017-06-30 00:00", "2017-06-30"}, {"30/06/2017 00:00", "2017-06-30"},
        {"1800-01-01", "1800-01-01"},       {"2199-12-31", "2199-12-31"},
    };
    for (const auto& [text, expected] : cases) {
        const auto date = parse_date(text);
        ASSERT_TRUE(date.ok()) << text;
        EXPECT_EQ(to_text(*date), expected);
    }
}

TEST(Date, IsRefusedWhenThereIsNoSuchDay) {
    for (const std::string_view text :
         {"",           "2017",       "2017-02-29", "1900-02-29",  "31/04/2017",
          "2017-13-01", "2017-00-10", "00/06/2017", "06/30/2017",  "2017-6-3",
          "2017/06/30", "30.06.2017", "30/06-2017", "30/06/17",    "20170631",
          "201706301",  "1799-12-31", "2200-01-01", "2017-06-30x", " 2017-06-30",
          "2017-06-3O"}) {
        EXPECT_FALSE(parse_date(text).ok()) << text;
    }
}

TEST(Date, InAColumnIsReadInThatFormatOnly) {
    Date date;
    EXPECT_TRUE(read_date("30/06/2017", DateFormat::day_first, date));
    EXPECT_FALSE(read_date("30/06/2017", DateFormat::iso, date));
    EXPECT_FALSE(read_date("2017-06-30", DateFormat::compact, date));
    EXPECT_FALSE(read_date("20170630", DateFormat::day_first, date));
}

TEST(Date, CountsDaysFrom1970) {
    EXPECT_EQ(Date::of(1970, 1, 1).days(), 0);
    EXPECT_EQ(Date::of(2017, 6, 30).days(), 17347);
    EXPECT_EQ(Date::of(2017, 3, 1) - Date::of(2017, 2, 28), 1);
    EXPECT_EQ(Date::of(2016, 2, 28) + 2, Date::of(2016, 3, 1));
    EXPECT_EQ(in_words(Date::of(2017, 6, 5)), "5 June 2017");
}

TEST(Age, IsWholeYears) {
    const Date birth = Date::of(1998, 6, 30);
    EXPECT_EQ(age_on(birth, Date::of(2017, 6, 29)), 18);
    EXPECT_EQ(age_on(birth, Date::of(2017, 6, 30)), 19);
    EXPECT_EQ(age_on(birth, birth), 0);
    const Date leap = Date::of(2000, 2, 29);
    EXPECT_EQ(age_on(leap, Date::of(2017, 2, 28)), 16);
    EXPECT_EQ(age_on(leap, Date::of(2017, 3, 1)), 17);
    EXPECT_EQ(age_on(leap, Date::of(2016, 2, 29)), 16);
}

}  // namespace
}  // namespace purse
