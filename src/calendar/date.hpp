// A Date is a day of the Gregorian calendar, kept as days since 1970-01-01.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

class Date {
  public:
    constexpr Date() = default;
    constexpr explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}
    // The day must exist: CHECKed. Outside bytes go through the parsers below.
    static Date of(int year, int month, int day);

    [[nodiscard]] constexpr std::int32_t days() const { return days_; }
    [[nodiscard]] std::chrono::year_month_day ymd() const {
        return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(days_)));
    }
    friend constexpr auto operator<=>(Date, Date) = default;
    friend constexpr Date operator+(Date date, int days) { return Date(date.days_ + days); }
    friend constexpr Date operator-(Date date, int days) { return Date(date.days_ - days); }
    friend constexpr int operator-(Date a, Date b) { return a.days_ - b.days_; }

  private:
    std::int32_t days_ = 0;
};

enum class DateFormat { iso, day_first, compact };  // 2017-06-30, 30/06/2017, 20170630

// Nothing allocated, no fault text: for column kernels. False when the text is no such date
// (years 1800 to 2199; iso also takes a time after 'T' or a blank, which is ignored).
bool read_date(std::string_view text, DateFormat format, Date& out);

// Any of the three formats; the problem quotes the text.
Result<Date> parse_date(std::string_view text);
std::string to_text(Date date);   // 2017-06-30
std::string in_words(Date date);  // 30 June 2017

// Whole years between birth and a later day; who is born on 29 February gets older on 1 March in a
// common year.
int age_on(Date birth, Date day);

}  // namespace purse
