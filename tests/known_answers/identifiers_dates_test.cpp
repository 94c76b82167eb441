// NHS numbers, ages and financial years against python-stdnum and phsmethods. Age groups and
// postcodes are no concern of these rooms: bands come with the weights they belong to.
#include <gtest/gtest.h>

#include "activity/nhs_number.hpp"
#include "calendar/month.hpp"
#include "support/oracle_cases.hpp"

namespace purse {
namespace {

using testing::oracle_cases;
using testing::OracleCase;

std::string reason(NhsNumberFault fault) {
    if (fault == NhsNumberFault::none) return "ok";
    return fault == NhsNumberFault::wrong_check_digit ? "InvalidChecksum" : "InvalidFormat";
}

TEST(KnownNhsNumbers, OfStdnum) {
    PURSE_NEEDS_SHARED("oracles/nhs_identifiers_dates");
    const auto cases = oracle_cases("nhs_identifiers_dates/nhs_number");
    EXPECT_GE(cases.size(), 62U);
    for (const OracleCase& one : cases) {
        std::array<char, 10> digits{};
        const NhsNumberFault fault = check_nhs_number(one.at("number"), digits);
        EXPECT_EQ(reason(fault), one.at("reason")) << one.at("case_id");
        EXPECT_EQ(fault == NhsNumberFault::none, one.at("valid") == "1") << one.at("case_id");
        if (fault != NhsNumberFault::none) continue;
        EXPECT_EQ(std::string(digits.data(), digits.size()), one.at("compact"));
        EXPECT_EQ(in_groups(digits), one.at("formatted"));
    }
}

// Ages in months are not compared: Purse uses whole years alone.
TEST(KnownAges, InYears) {
    PURSE_NEEDS_SHARED("oracles/nhs_identifiers_dates");
    int compared = 0;
    for (const OracleCase& one : oracle_cases("nhs_identifiers_dates/age")) {
        if (one.at("units") != "years") continue;
        ++compared;
        const int age =
            age_on(parse_date(one.at("start")).value(), parse_date(one.at("end")).value());
        EXPECT_EQ(std::to_string(age), one.at("age")) << one.at("case_id");
    }
    EXPECT_GE(compared, 37);
}

// The reference's quarters are named as calendar quarters; only the financial year is ours.
TEST(KnownFinancialYears, RunFromAprilToMarch) {
    PURSE_NEEDS_SHARED("oracles/nhs_identifiers_dates");
    const auto cases = oracle_cases("nhs_identifiers_dates/fin_year");
    EXPECT_GE(cases.size(), 36U);
    for (const OracleCase& one : cases) {
        const Date date = parse_date(one.at("date")).value();
        EXPECT_EQ(to_text(financial_year_of(date)), one.at("fin_year")) << one.at("case_id");
    }
}

}  // namespace
}  // namespace purse
