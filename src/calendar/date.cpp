#include "calendar/date.hpp"

#include <fmt/format.h>

#include <array>

namespace purse {

namespace {

bool digits(std::string_view text, std::size_t from, std::size_t count, int& out) {
    if (from + count > text.size()) return false;
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        const char c = text[i];
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    out = value;
    return true;
}

bool make(int year, int month, int day, Date& out) {
    if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    const std::chrono::year_month_day ymd{std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return false;
    out = Date(static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
    return true;
}

}  // namespace

Date Date::of(int year, int month, int day) {
    Date date;
    CHECK(make(year, month, day, date));
    return date;
}

bool read_date(std::string_view text, DateFormat format, Date& out) {
    int year = 0;
    int month = 0;
    int day = 0;
    switch (format) {
        case DateFormat::iso:
            if (text.size() > 10 && text[10] != ' ' && text[10] != 'T') return false;
            return text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
                   digits(text, 0, 4, year) && digits(text, 5, 2, month) &&
                   digits(text, 8, 2, day) && make(year, month, day, out);
        case DateFormat::day_first:
            if (text.size() > 10 && text[10] != ' ') return false;
            return text.size() >= 10 && (text[2] == '/' || text[2] == '-') && text[5] == text[2] &&
                   digits(text, 6, 4, year) && digits(text, 3, 2, month) &&
                   digits(text, 0, 2, day) && make(year, month, day, out);
        case DateFormat::compact:
            return text.size() == 8 && digits(text, 0, 4, year) && digits(text, 4, 2, month) &&
                   digits(text, 6, 2, day) && make(year, month, day, out);
    }
    return false;
}

Result<Date> parse_date(std::string_view text) {
    Date date;
    for (const DateFormat format : {DateFormat::iso, DateFormat::day_first, DateFormat::compact}) {
        if (read_date(text, format, date)) return date;
    }
    return bad_input(
        fmt::format("'{}' is not a date: write it as 2017-06-30, 30/06/2017 or 20170630", text));
}

std::string to_text(Date date) {
    const auto ymd = date.ymd();
    return fmt::format("{:04}-{:02}-{:02}", int(ymd.year()), unsigned(ymd.month()),
                       unsigned(ymd.day()));
}

std::string in_words(Date date) {
    static constexpr std::array<std::string_view, 12> names = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const auto ymd = date.ymd();
    return fmt::format("{} {} {}", unsigned(ymd.day()), names[unsigned(ymd.month()) - 1],
                       int(ymd.year()));
}

int age_on(Date birth, Date day) {
    const auto from = birth.ymd();
    const auto to = day.ymd();
    const int years = int(to.year()) - int(from.year());
    const bool before_birthday =
        to.month() < from.month() || (to.month() == from.month() && to.day() < from.day());
    return years - (before_birthday ? 1 : 0);
}

}  // namespace purse
