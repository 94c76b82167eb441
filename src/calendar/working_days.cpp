#include "calendar/working_days.hpp"

#include <algorithm>
#include <chrono>

namespace purse {

namespace {

using std::chrono::year_month_day;
using namespace std::chrono_literals;

// A holiday taken from its usual day and given on another.
struct Moved {
    year_month_day usual;
    year_month_day taken;
};
constexpr Moved moved[] = {
    {1995y / 5 / 1, 1995y / 5 / 8},   // 50 years since the end of the war in Europe
    {2002y / 5 / 27, 2002y / 6 / 4},  // Golden Jubilee
    {2012y / 5 / 28, 2012y / 6 / 4},  // Diamond Jubilee
    {2020y / 5 / 4, 2020y / 5 / 8},   // 75 years since the end of the war in Europe
    {2022y / 5 / 30, 2022y / 6 / 2},  // Platinum Jubilee
};

constexpr year_month_day given_once[] = {
    1981y / 7 / 29,   // royal wedding
    1999y / 12 / 31,  // millennium
    2002y / 6 / 3,    // Golden Jubilee
    2011y / 4 / 29,   // royal wedding
    2012y / 6 / 5,    // Diamond Jubilee
    2022y / 6 / 3,    // Platinum Jubilee
    2022y / 9 / 19,   // state funeral of Queen Elizabeth II
    2023y / 5 / 8,    // coronation of King Charles III
};

std::chrono::weekday weekday_of(year_month_day day) {
    return std::chrono::weekday(std::chrono::sys_days(day));
}

bool is_weekend(year_month_day day) {
    const auto weekday = weekday_of(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// New Year's Day, or the Monday after it when it falls on a weekend.
bool is_new_year(year_month_day day) {
    if (day.month() != std::chrono::January) return false;
    const unsigned date = unsigned(day.day());
    return date == 1 || (date <= 3 && weekday_of(day) == std::chrono::Monday);
}

// The two days of Christmas, or as many weekdays after them as of the two fall on a weekend.
bool is_christmas(year_month_day day) {
    if (day.month() != std::chrono::December) return false;
    const unsigned date = unsigned(day.day());
    if (date == 25 || date == 26) return true;
    const auto weekday = weekday_of(day);
    const bool after = weekday == std::chrono::Monday || weekday == std::chrono::Tuesday;
    return after && (date == 27 || date == 28);
}

bool is_may_or_august_monday(year_month_day day) {
    if (weekday_of(day) != std::chrono::Monday) return false;
    const unsigned date = unsigned(day.day());
    if (day.month() == std::chrono::May) return date <= 7 || date >= 25;
    return day.month() == std::chrono::August && date >= 25;
}

bool is_usual_holiday(Date date) {
    const year_month_day day = date.ymd();
    const int from_easter = date - easter_sunday(int(day.year()));
    return from_easter == -2 || from_easter == 1 || is_new_year(day) || is_christmas(day) ||
           is_may_or_august_monday(day);
}

}  // namespace

// The anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, chapter 8).
Date easter_sunday(int year) {
    const int golden = year % 19;
    const int century = year / 100;
    const int in_century = year % 100;
    const int moon_correction = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    const int weekday =
        (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekday) / 451;
    const int place = epact + weekday - 7 * late + 114;
    return Date::of(year, place / 31, place % 31 + 1);
}

bool is_bank_holiday(Date date) {
    const year_month_day day = date.ymd();
    for (const Moved& holiday : moved) {
        if (day == holiday.usual) return false;
        if (day == holiday.taken) return true;
    }
    return std::ranges::find(given_once, day) != std::end(given_once) || is_usual_holiday(date);
}

bool is_working_day(Date date) { return !is_weekend(date.ymd()) && !is_bank_holiday(date); }

int working_days(Month month) {
    int count = 0;
    for (Date day = month.first_day(); day <= month.last_day(); day = day + 1) {
        if (is_working_day(day)) ++count;
    }
    return count;
}

}  // namespace purse
