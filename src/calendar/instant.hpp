// An Instant is a second of UTC: what sessions, links and codes are timed by. Rooms are told it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "calendar/date.hpp"

namespace purse {

class Instant {
  public:
    constexpr Instant() = default;
    constexpr explicit Instant(std::int64_t seconds_since_1970) : seconds_(seconds_since_1970) {}

    [[nodiscard]] constexpr std::int64_t seconds() const { return seconds_; }
    [[nodiscard]] Date day() const;  // of UTC
    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant instant, std::int64_t seconds) {
        return Instant(instant.seconds_ + seconds);
    }
    friend constexpr Instant operator-(Instant instant, std::int64_t seconds) {
        return Instant(instant.seconds_ - seconds);
    }
    friend constexpr std::int64_t operator-(Instant a, Instant b) {
        return a.seconds_ - b.seconds_;
    }

  private:
    std::int64_t seconds_ = 0;
};

// Exactly "2017-07-14T09:30:00Z"; the years 1800 to 2199.
Result<Instant> parse_instant(std::string_view text);
std::string to_text(Instant instant);  // 2017-07-14T09:30:00Z: texts sort as instants do

}  // namespace purse
