// Working days of England: neither weekend nor bank holiday.
//
// The yearly holidays follow the rules in force since 1978 (Banking and Financial Dealings Act 1971
// and the early May holiday); days moved or given once are listed with their year (source: gov.uk,
// "UK bank holidays", England and Wales, and its history). Later proclamations need a new line.
#pragma once

#include "calendar/date.hpp"
#include "calendar/month.hpp"

namespace purse {

Date easter_sunday(int year);  // Gregorian; the year is 1800 to 2199
bool is_bank_holiday(Date date);
bool is_working_day(Date date);
int working_days(Month month);

}  // namespace purse
