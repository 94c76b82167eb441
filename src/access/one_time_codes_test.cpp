#include "access/one_time_codes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace purse {
namespace {

const std::string secret = "12345678901234567890";  // of the RFCs

TEST(OneTimeCode, is_that_of_rfc_4226_appendix_d) {
    const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                                 "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < 10; ++counter) {
        EXPECT_EQ(one_time_code(secret, counter), codes[counter]);
    }
}

TEST(OneTimeCode, is_that_of_rfc_6238_appendix_b) {
    const std::pair<std::int64_t, const char*> cases[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [seconds, code] : cases) {
        EXPECT_EQ(one_time_code(secret, static_cast<std::uint64_t>(seconds / code_seconds), 8),
                  code);
    }
}

TEST(OneTimeCode, is_taken_within_one_step_of_now) {
    const Instant now(1111111109);
    const std::int64_t step = now.seconds() / code_seconds;
    for (const std::int64_t off : {-2, -1, 0, 1, 2}) {
        const auto code = one_time_code(secret, static_cast<std::uint64_t>(step + off));
        const auto found = step_of_code(secret, code, now);
        if (off < -1 || off > 1) {
            EXPECT_FALSE(found.has_value()) << off;
        } else {
            EXPECT_EQ(found, step + off);
        }
    }
    for (const char* wrong : {"", "0", "000000", "7081804", "07081804", "081804 "}) {
        EXPECT_FALSE(step_of_code(secret, wrong, now).has_value()) << wrong;
    }
    EXPECT_EQ(step_of_code(secret, "081804", now), step);
}

TEST(OneTimeCode, has_its_secret_in_base32) {
    const std::pair<const char*, const char*> cases[] = {// RFC 4648, section 10
                                                         {"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
    for (const auto& [plain, text] : cases) EXPECT_EQ(base32(plain), text);
    EXPECT_EQ(enrolment_uri(secret, "Purse X99", "jane@x"),
              "otpauth://totp/Purse%20X99:jane%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Purse%20X99&algorithm=SHA1&digits=6&period=30");
    EXPECT_EQ(new_code_secret().size(), 20U);
    EXPECT_NE(new_code_secret(), new_code_secret());
}

TEST(RecoveryCodes, are_ten_different_ones_read_as_people_type_them) {
    const auto codes = new_recovery_codes();
    EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), 10U);
    for (const auto& code : codes) EXPECT_EQ(plain_recovery_code(code).size(), 16U);
    EXPECT_EQ(plain_recovery_code(" ABCD efgh-IJKL-mnop\n"), "abcdefghijklmnop");
}

}  // namespace
}  // namespace purse
