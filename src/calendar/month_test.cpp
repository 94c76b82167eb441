#include "calendar/month.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Month, IsReadAndPrinted) {
    EXPECT_EQ(to_text(parse_month("2017-06").value()), "2017-06");
    EXPECT_EQ(to_text(parse_month("201712").value()), "2017-12");
    EXPECT_EQ(in_words(Month(2017, 6)), "June 2017");
    for (const std::string_view text : {"", "2017", "2017-13", "2017-00", "2017/06", "2017-6",
                                        "06-2017", "201713", "1899-12", "2200-01", "2017-0x"}) {
        EXPECT_FALSE(parse_month(text).ok()) << text;
    }
}

TEST(Month, KnowsItsDaysAndNeighbours) {
    EXPECT_EQ(Month(2016, 2).days(), 29);
    EXPECT_EQ(Month(2017, 2).days(), 28);
    EXPECT_EQ(Month(2017, 12).last_day(), Date::of(2017, 12, 31));
    EXPECT_EQ(Month(2017, 12) + 1, Month(2018, 1));
    EXPECT_EQ(Month(2018, 1) - 1, Month(2017, 12));
    EXPECT_EQ(Month(2018, 3) - Month(2017, 4), 11);
    EXPECT_EQ(Month::of(Date::of(2017, 6, 30)), Month(2017, 6));
}

TEST(FinancialYear, RunsFromAprilToMarch) {
    const FinancialYear year(2017);
    EXPECT_EQ(year.months().size(), 12U);
    EXPECT_EQ(year.first_month(), Month(2017, 4));
    EXPECT_EQ(year.last_month(), Month(2018, 3));
    EXPECT_EQ(Month(2018, 3).financial_year(), year);
    EXPECT_EQ(Month(2018, 4).financial_year(), year + 1);
    EXPECT_EQ(Month(2017, 4).place_in_year(), 1);
    EXPECT_EQ(Month(2018, 1).place_in_year(), 10);
    EXPECT_EQ(Month(2018, 3).place_in_year(), 12);
    EXPECT_EQ(financial_year_of(Date::of(2018, 3, 31)), year);
}

TEST(FinancialYear, IsReadAndPrinted) {
    for (const std::string_view text : {"2017/18", "2017-18", "201718"}) {
        EXPECT_EQ(parse_financial_year(text).value(), FinancialYear(2017)) << text;
    }
    EXPECT_EQ(parse_financial_year("1999/00").value(), FinancialYear(1999));
    EXPECT_EQ(to_text(FinancialYear(1999)), "1999/00");
    EXPECT_EQ(as_folder(FinancialYear(2017)), "2017-18");
    for (const std::string_view text : {"", "2017", "2017/19", "2017/8", "17/18", "2017/2018"}) {
        EXPECT_FALSE(parse_financial_year(text).ok()) << text;
    }
}

}  // namespace
}  // namespace purse
