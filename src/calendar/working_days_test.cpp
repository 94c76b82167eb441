#include "calendar/working_days.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

std::vector<std::string> weekday_holidays(int year) {
    std::vector<std::string> days;
    for (Date day = Date::of(year, 1, 1); day <= Date::of(year, 12, 31); day = day + 1) {
        const auto weekday = std::chrono::weekday(std::chrono::sys_days(day.ymd())).iso_encoding();
        if (weekday < 6 && !is_working_day(day)) days.push_back(to_text(day).substr(5));
    }
    return days;
}

// gov.uk, "UK bank holidays", England and Wales; weekdays only.
TEST(BankHolidays, AreThoseThatWereProclaimed) {
    const std::pair<int, std::vector<std::string>> years[] = {
        {2010, {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"}},
        {2011, {"01-03", "04-22", "04-25", "04-29", "05-02", "05-30", "08-29", "12-26", "12-27"}},
        {2012, {"01-02", "04-06", "04-09", "05-07", "06-04", "06-05", "08-27", "12-25", "12-26"}},
        {2015, {"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"}},
        {2016, {"01-01", "03-25", "03-28", "05-02", "05-30", "08-29", "12-26", "12-27"}},
        {2017, {"01-02", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"}},
        {2018, {"01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"}},
        {2020, {"01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"}},
        {2021, {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"}},
        {2022,
         {"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26",
          "12-27"}},
        {2023, {"01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"}},
    };
    for (const auto& [year, days] : years) EXPECT_EQ(weekday_holidays(year), days) << year;
}

TEST(WorkingDays, OfEachMonthOf2017To18) {
    const int expected[] = {18, 21, 22, 21, 22, 21, 22, 22, 19, 22, 20, 21};
    int total = 0;
    for (const Month month : FinancialYear(2017).months()) {
        EXPECT_EQ(working_days(month), expected[month.place_in_year() - 1]) << to_text(month);
        total += working_days(month);
    }
    EXPECT_EQ(total, 251);
}

TEST(WorkingDays, AreNoWeekends) {
    EXPECT_TRUE(is_working_day(Date::of(2017, 6, 30)));
    EXPECT_FALSE(is_working_day(Date::of(2017, 7, 1)));
    EXPECT_FALSE(is_working_day(Date::of(2017, 7, 2)));
    EXPECT_TRUE(is_working_day(Date::of(2017, 7, 3)));
}

TEST(Easter, FallsWhereTheChurchPutsIt) {
    const std::pair<int, Date> years[] = {
        {1818, Date::of(1818, 3, 22)}, {1943, Date::of(1943, 4, 25)}, {1954, Date::of(1954, 4, 18)},
        {1981, Date::of(1981, 4, 19)}, {2000, Date::of(2000, 4, 23)}, {2008, Date::of(2008, 3, 23)},
        {2017, Date::of(2017, 4, 16)}, {2024, Date::of(2024, 3, 31)}, {2038, Date::of(2038, 4, 25)},
        {2049, Date::of(2049, 4, 18)}};
    for (const auto& [year, sunday] : years)
        EXPECT_EQ(to_text(easter_sunday(year)), to_text(sunday));
}

}  // namespace
}  // namespace purse
