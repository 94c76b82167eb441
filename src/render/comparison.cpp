#include "render/comparison.hpp"

#include <cstdlib>

#include "money/factor.hpp"

namespace purse {

namespace {

std::optional<std::int64_t> beside(Pence amount, Pence base) {
    if (base <= Pence(0)) return std::nullopt;
    return divided(wide{(amount - base).count()} * Factor::one, base.count(), Rounding::half_up);
}

}  // namespace

std::optional<std::int64_t> change_of(const ComparedAmounts& amounts) {
    return beside(amounts.budget, amounts.opening);
}
std::optional<std::int64_t> distance_before(const ComparedAmounts& amounts) {
    return beside(amounts.stand_still_of_it, amounts.fair_share);
}
std::optional<std::int64_t> distance_after(const ComparedAmounts& amounts) {
    return beside(amounts.budget_of_it, amounts.fair_share);
}

std::size_t band_of(std::int64_t distance) {
    constexpr std::int64_t five = 50'000, ten = 100'000, twenty = 200'000;
    const std::int64_t size = std::abs(distance);
    const std::size_t away = size <= five ? 0 : size <= ten ? 1 : size <= twenty ? 2 : 3;
    return distance < 0 ? 3 - away : 3 + away;
}

ComparisonTally tally_of(const ComparedBudgets& budgets, std::size_t scheme) {
    ComparisonTally tally;
    for (const ComparedPractice& practice : budgets.practices) {
        tally.opening += practice.under[scheme].opening;
        tally.budget += practice.under[scheme].budget;
    }
    tally.growth = beside(tally.budget, tally.opening).value_or(0);
    for (const ComparedPractice& practice : budgets.practices) {
        const ComparedAmounts& own = practice.under[scheme];
        const std::int64_t more = change_of(own).value_or(tally.growth) - tally.growth;
        constexpr std::int64_t thousandth = 1'000;
        (more > thousandth ? tally.gain : more < -thousandth ? tally.lose : tally.alike) += 1;
        const Pence alike =
            scaled(own.opening, Factor(Factor::one + tally.growth), Rounding::half_up);
        if (own.budget > alike) tally.moved += own.budget - alike;
        if (const auto before = distance_before(own)) ++tally.before[band_of(*before)];
        const auto after = distance_after(own);
        if (!after) continue;
        ++tally.after[band_of(*after)];
        (std::abs(*after) <= 100'000 ? tally.within : tally.beyond) += 1;
    }
    return tally;
}

}  // namespace purse
