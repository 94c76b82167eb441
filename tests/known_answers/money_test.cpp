// Money against reference implementations: sharing (moneyphp/money, martinlackner/apportionment),
// rounding and price lines (moneyphp, CPython decimal).
#include <gtest/gtest.h>

#include <charconv>

#include "money/factor.hpp"
#include "money/shares.hpp"
#include "support/oracle_cases.hpp"

namespace purse {
namespace {

using testing::oracle_cases;
using testing::OracleCase;

std::int64_t whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    EXPECT_TRUE(fault == std::errc{} && end == text.data() + text.size()) << text;
    return value;
}

std::vector<std::int64_t> whole_numbers(std::string_view list) {
    std::vector<std::int64_t> values;
    while (!list.empty()) {
        const auto end = std::min(list.find(';'), list.size());
        values.push_back(whole(list.substr(0, end)));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return values;
}

void expect_shares(const OracleCase& one, std::string_view total, std::string_view weights,
                   std::string_view expected) {
    const auto shares = shared_out(Pence(whole(total)), whole_numbers(weights));
    std::vector<std::int64_t> counts;
    for (const Pence share : shares) counts.push_back(share.count());
    EXPECT_EQ(counts, whole_numbers(expected)) << one.at("case_id");
}

// Our modes by the references' names. half_positive_infinity (moneyphp) has no counterpart: no NHS
// rule rounds halves of both signs upwards.
const std::map<std::string, Rounding> modes = {
    {"half_up", Rounding::half_up},     {"half_even", Rounding::half_even},
    {"half_down", Rounding::half_down}, {"up", Rounding::up},
    {"down", Rounding::down},           {"ceiling", Rounding::ceiling},
    {"floor", Rounding::floor}};

// A decimal text as a whole number of 10^-places.
struct Decimal {
    std::int64_t digits = 0;
    int places = 0;
};
Decimal decimal(std::string text) {
    const auto point = text.find('.');
    if (point == std::string::npos) return {whole(text), 0};
    const auto places = static_cast<int>(text.size() - point - 1);
    text.erase(point, 1);
    return {whole(text), places};
}

std::int64_t power_of_ten(int power) { return power == 0 ? 1 : 10 * power_of_ten(power - 1); }

// In pence, from a text in pounds with at most two decimals.
std::int64_t pence(const std::string& pounds) { return parse_pounds(pounds).value().count(); }

TEST(KnownShares, OfMoneyphp) {
    PURSE_NEEDS_SHARED("oracles/money_allocation");
    const auto cases = oracle_cases("money_allocation/allocate");
    EXPECT_GE(cases.size(), 48U);
    for (const OracleCase& one : cases) {
        expect_shares(one, one.at("amount_pence"), one.at("ratios"), one.at("parts"));
    }
}

// Of the apportionment methods only largest remainder is our rule; the divisor methods (d'Hondt,
// Sainte-Laguë, Huntington-Hill) favour large or small parties and share no money here.
TEST(KnownShares, OfLargestRemainderApportionment) {
    PURSE_NEEDS_SHARED("oracles/money_allocation");
    int compared = 0;
    for (const OracleCase& one : oracle_cases("money_allocation/apportion")) {
        if (one.at("method") != "largest_remainder") continue;
        ++compared;
        expect_shares(one, one.at("total"), one.at("weights"), one.at("seats_each"));
    }
    EXPECT_GE(compared, 34);
}

TEST(KnownRounding, OfAnAmountTimesAMultiplier) {
    PURSE_NEEDS_SHARED("oracles/money_allocation");
    int compared = 0;
    for (const OracleCase& one : oracle_cases("money_allocation/round")) {
        const auto mode = modes.find(one.at("mode"));
        if (mode == modes.end()) continue;
        ++compared;
        const Pence amount(whole(one.at("amount_pence")));
        const Factor factor = parse_factor(one.at("multiplier")).value();
        EXPECT_EQ(scaled(amount, factor, mode->second).count(), whole(one.at("result")))
            << one.at("case_id");
    }
    EXPECT_GE(compared, 36);
}

TEST(KnownRounding, OfDecimalsToPlaces) {
    PURSE_NEEDS_SHARED("oracles/money_allocation");
    int compared = 0;
    for (const OracleCase& one : oracle_cases("money_allocation/quantize")) {
        const auto mode = modes.find(one.at("mode"));
        if (mode == modes.end()) continue;
        ++compared;
        const Decimal amount = decimal(one.at("amount"));
        const auto places = static_cast<int>(whole(one.at("places")));
        const std::int64_t got = divided(wide{amount.digits} * power_of_ten(places),
                                         power_of_ten(amount.places), mode->second);
        const Decimal expected = decimal(one.at("result"));
        EXPECT_EQ(expected.places, places);
        EXPECT_EQ(got, expected.digits) << one.at("case_id");
    }
    EXPECT_GE(compared, 70);
}

TEST(KnownPriceLines, AreRoundedOnceOrTheUnitFirst) {
    PURSE_NEEDS_SHARED("oracles/money_allocation");
    const auto cases = oracle_cases("money_allocation/priceline");
    EXPECT_GE(cases.size(), 40U);
    for (const OracleCase& one : cases) {
        const std::int64_t quantity = whole(one.at("quantity"));
        const Factor mff = parse_factor(one.at("mff")).value();
        const std::int64_t uplift =
            Factor::one + parse_factor(one.at("uplift")).value().millionths();
        const wide unit = wide{pence(one.at("unit_price"))} * mff.millionths() * uplift;
        const wide scale = wide{Factor::one} * Factor::one;
        const std::int64_t unit_price = divided(unit, scale, Rounding::half_up);
        EXPECT_EQ(divided(unit * quantity, scale, Rounding::half_up),
                  pence(one.at("total_round_once")))
            << one.at("case_id");
        EXPECT_EQ(unit_price, pence(one.at("unit_price_rounded"))) << one.at("case_id");
        EXPECT_EQ(unit_price * quantity, pence(one.at("total_round_unit_first")))
            << one.at("case_id");
    }
}

}  // namespace
}  // namespace purse
