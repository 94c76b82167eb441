#include "calendar/instant.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Instant, is_a_second_of_universal_time) {
    const struct {
        const char* text;
        std::int64_t seconds;
    } cases[] = {{"1970-01-01T00:00:00Z", 0},
                 {"2005-03-18T01:58:29Z", 1111111109},  // a test time of RFC 6238
                 {"2009-02-13T23:31:30Z", 1234567890},
                 {"2033-05-18T03:33:20Z", 2000000000},
                 {"1969-12-31T23:59:59Z", -1},
                 {"2024-02-29T12:00:00Z", 1709208000}};
    for (const auto& one : cases) {
        ASSERT_TRUE(parse_instant(one.text).ok()) << one.text;
        EXPECT_EQ(parse_instant(one.text)->seconds(), one.seconds);
        EXPECT_EQ(to_text(Instant(one.seconds)), one.text);
        EXPECT_EQ(to_text(Instant(one.seconds).day()), std::string(one.text).substr(0, 10));
    }
}

TEST(Instant, is_refused_where_it_is_not_written_in_full) {
    for (const char* text :
         {"", "2017-07-14", "2017-07-14T09:30:00", "2017-07-14 09:30:00Z", "2017-07-14T24:00:00Z",
          "2017-07-14T09:60:00Z", "2017-07-14T09:30:60Z", "2017-02-30T09:30:00Z",
          "2017-07-14T09:30:00+01", "2017-07-14T-1:30:00Z", "2017-07-14T09:30:00ZZ"}) {
        EXPECT_FALSE(parse_instant(text).ok()) << text;
    }
}

TEST(Instant, counts_in_seconds) {
    const Instant noon = *parse_instant("2024-02-29T12:00:00Z");
    EXPECT_EQ(to_text(noon + 86400), "2024-03-01T12:00:00Z");
    EXPECT_EQ((noon + 30) - noon, 30);
    EXPECT_LT(noon - 1, noon);
}

}  // namespace
}  // namespace purse
