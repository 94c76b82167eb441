#include "calendar/instant.hpp"

#include <fmt/format.h>

namespace purse {

namespace {

constexpr std::int64_t day_seconds = 86400;

// Two digits below `limit`, or nothing said: false.
bool read_two(std::string_view text, int limit, int& out) {
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
    }
    out = (text[0] - '0') * 10 + (text[1] - '0');
    return out < limit;
}

}  // namespace

Date Instant::day() const {
    const std::int64_t days = seconds_ / day_seconds - (seconds_ % day_seconds < 0 ? 1 : 0);
    return Date(static_cast<std::int32_t>(days));
}

Result<Instant> parse_instant(std::string_view text) {
    Date day;
    int hour = 0;
    int minute = 0;
    int second = 0;
    const bool right = text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
                       text[19] == 'Z' && read_date(text.substr(0, 10), DateFormat::iso, day) &&
                       read_two(text.substr(11, 2), 24, hour) &&
                       read_two(text.substr(14, 2), 60, minute) &&
                       read_two(text.substr(17, 2), 60, second);
    if (!right) {
        return bad_input("'" + std::string(text) +
                         "' is no time: write it as 2017-07-14T09:30:00Z");
    }
    return Instant(std::int64_t{day.days()} * day_seconds + hour * 3600 + minute * 60 + second);
}

std::string to_text(Instant instant) {
    const Date day = instant.day();
    const std::int64_t left = instant.seconds() - std::int64_t{day.days()} * day_seconds;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(day), left / 3600, left / 60 % 60,
                       left % 60);
}

}  // namespace purse
