#include "population/patients.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(Patients, are_read_and_written_exactly_to_a_thousandth) {
    struct Case {
        const char* text;
        std::int64_t thousandths;
        const char* written;
    };
    for (const Case& c : {Case{"5903", 5'903'000, "5903"},
                          {"0", 0, "0"},
                          {"5,903", 5'903'000, "5903"},
                          {"4095.25", 4'095'250, "4095.25"},
                          {"7323.608761", 7'323'609, "7323.609"},
                          {"0.0000001", 0, "0"},
                          {"1.9996", 2'000, "2"},
                          {"10.010", 10'010, "10.01"}}) {
        const auto read = parse_patients(c.text);
        ASSERT_TRUE(read.ok()) << c.text;
        EXPECT_EQ(read->thousandths(), c.thousandths) << c.text;
        EXPECT_EQ(to_text(*read), c.written);
    }
}

TEST(Patients, are_refused_when_they_are_no_number_of_people) {
    for (const auto* text : {"", "-1", "many", "1.", ".5", "1.2.3", "1e3", ",1", "1,", "1 2",
                             "100000001", "99999999999999999999"}) {
        EXPECT_FALSE(parse_patients(text).ok()) << text;
    }
}

TEST(Patients, are_rounded_half_up_to_whole_ones) {
    EXPECT_EQ(Patients::from_thousandths(1'499).whole(), 1);
    EXPECT_EQ(Patients::from_thousandths(1'500).whole(), 2);
}

}  // namespace
}  // namespace purse
