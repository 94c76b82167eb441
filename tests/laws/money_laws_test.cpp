// What holds for all money: shares add up, rounding stays within its bounds, texts come back.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "money/fine_pence.hpp"
#include "money/shares.hpp"

namespace purse {
namespace {

std::vector<std::int64_t> some_weights() {
    auto weights = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 20'000)));
    weights.push_back(*rc::gen::inRange<std::int64_t>(1, 20'000));
    return weights;
}

std::int64_t some_count() {
    return *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
}

RC_GTEST_PROP(SharesLaw, AddUpToTheTotal, ()) {
    const Pence total(some_count());
    const auto weights = some_weights();
    const auto shares = shared_out(total, weights);
    RC_ASSERT(shares.size() == weights.size());
    RC_ASSERT(std::accumulate(shares.begin(), shares.end(), Pence(0)) == total);
}

RC_GTEST_PROP(SharesLaw, LieWithinAPennyOfTheExactOnesAndAreNothingForNoWeight, ()) {
    const std::int64_t total = some_count();
    const auto weights = some_weights();
    const wide sum = std::accumulate(weights.begin(), weights.end(), wide{0});
    const auto shares = shared_out(Pence(total), weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const wide off = wide{shares[i].count()} * sum - wide{total} * weights[i];
        RC_ASSERT(off < sum && off > -sum);
        RC_ASSERT(weights[i] > 0 || shares[i] == Pence(0));
    }
}

RC_GTEST_PROP(SharesLaw, OfANegativeTotalMirrorThePositiveOnes, ()) {
    const Pence total(some_count());
    const auto weights = some_weights();
    const auto shares = shared_out(total, weights);
    const auto mirrored = shared_out(-total, weights);
    for (std::size_t i = 0; i < shares.size(); ++i) RC_ASSERT(shares[i] == -mirrored[i]);
}

// Only among equal weights does the place decide who gets an odd penny.
RC_GTEST_PROP(SharesLaw, DoNotDependOnTheOrderButForTies, ()) {
    const Pence total(some_count());
    auto weights = some_weights();
    const auto by_weight = [&] {
        std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
        const auto shares = shared_out(total, weights);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            pairs.emplace_back(weights[i], shares[i].count());
        }
        std::ranges::sort(pairs);
        return pairs;
    };
    const wide sum = std::accumulate(weights.begin(), weights.end(), wide{0});
    const auto remainder = [&](std::int64_t weight) { return wide{total.count()} * weight % sum; };
    for (std::size_t i = 0; i < weights.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            RC_PRE(weights[i] == weights[j] || remainder(weights[i]) != remainder(weights[j]));
        }
    }
    const auto before = by_weight();
    std::ranges::reverse(weights);
    RC_ASSERT(by_weight() == before);
}

RC_GTEST_PROP(RoundingLaw, StaysWithinOneAndNearestWithinAHalf, ()) {
    const std::int64_t numerator = some_count();
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 10'000'000);
    const auto off = [&](Rounding rounding) {
        return wide{divided(numerator, denominator, rounding)} * denominator - numerator;
    };
    for (const Rounding nearest : {Rounding::half_up, Rounding::half_even, Rounding::half_down}) {
        RC_ASSERT(2 * off(nearest) <= denominator && -2 * off(nearest) <= denominator);
    }
    RC_ASSERT(off(Rounding::ceiling) >= 0 && off(Rounding::ceiling) < denominator);
    RC_ASSERT(off(Rounding::floor) <= 0 && off(Rounding::floor) > -denominator);
    RC_ASSERT(off(Rounding::up) == off(numerator < 0 ? Rounding::floor : Rounding::ceiling));
    RC_ASSERT(off(Rounding::down) == off(numerator < 0 ? Rounding::ceiling : Rounding::floor));
}

RC_GTEST_PROP(RoundingLaw, OfTwoHalvesGivesTheWholeOrAPennyMore, ()) {
    const Pence amount(some_count());
    const Pence half = scaled(amount, Factor(500'000), Rounding::half_up);
    const Pence twice = half + half;
    const std::int64_t more =
        amount < Pence(0) ? (amount - twice).count() : (twice - amount).count();
    RC_ASSERT(more == (amount.count() % 2 == 0 ? 0 : 1));
    const Pence even = scaled(amount, Factor(500'000), Rounding::half_even);
    RC_ASSERT(even.count() % 2 == 0 || amount.count() % 2 == 0);
}

RC_GTEST_PROP(RoundingLaw, IsTheSameBelowZeroForHalvesAwayFromZero, ()) {
    const Pence amount(some_count());
    const Factor factor(*rc::gen::inRange<std::int64_t>(0, 3'000'000));
    RC_ASSERT(scaled(-amount, factor, Rounding::half_up) ==
              -scaled(amount, factor, Rounding::half_up));
}

RC_GTEST_PROP(MoneyText, ComesBackAsItWas, (std::int64_t count)) {
    RC_PRE(count != std::numeric_limits<std::int64_t>::min());
    RC_ASSERT(parse_pounds(plain_pounds(Pence(count))).value() == Pence(count));
    RC_ASSERT(parse_pounds(in_pounds(Pence(count))).value() == Pence(count));
    RC_ASSERT(parse_fine_pounds(plain_pounds(FinePence(count))).value() == FinePence(count));
    RC_ASSERT(parse_factor(to_text(Factor(count))).value() == Factor(count));
}

}  // namespace
}  // namespace purse
