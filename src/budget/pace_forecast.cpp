// The years that a pace of change takes: each year's budgets open the next.
#include <algorithm>
#include <cstdlib>

#include "budget/pace_inputs.hpp"
#include "budget/pace_sharing.hpp"

namespace purse {

namespace {

bool is_outside(std::int64_t budget, Pence target, Factor tolerance) {
    const wide off = wide{budget - target.count()} * Factor::one;
    const wide most = wide{target.count()} * tolerance.millionths();
    return off > most || -off > most;
}

// Growth that is no forecast (an allocation of a year on a baseline of a quarter) would leave 64
// bits within forty years; beyond this nobody else comes within the tolerance.
constexpr Pence largest_forecast = pounds(10'000'000'000'000);

// A later year of the forecast, whose budgets alone are wanted.
Result<std::vector<Pence>> next_budgets(const std::vector<PaceInput>& inputs, Pence envelope,
                                        const PaceRule& rule, std::vector<Pence>& targets) {
    const auto take = [&targets](auto worked) -> Result<std::vector<Pence>> {
        if (!worked) return worked.problem();
        targets = std::move(worked->targets);
        return std::move(worked->budgets);
    };
    if (fits_in_wide(inputs, envelope, rule)) {
        return take(work_out_pace<wide>(inputs, envelope, rule));
    }
    return take(work_out_pace<ExactWhole>(inputs, envelope, rule));
}

}  // namespace

Result<std::vector<int>> years_to_tolerance(const std::vector<PaceInput>& inputs,
                                            const PacedBlock& block, const PaceRule& rule,
                                            Factor growth) {
    std::vector<PaceInput> next = inputs;
    std::ranges::sort(next, {}, &PaceInput::practice);
    std::vector<int> years(next.size(), no_year_of_this_scheme);
    std::vector<Pence> budgets, targets;
    for (std::size_t i = 0; i < next.size(); ++i) {
        const PacedPractice& practice = block.practices[i];
        if (std::abs(practice.distance_before) <= rule.tolerance.millionths()) years[i] = 0;
        budgets.push_back(practice.budget);
        targets.push_back(practice.fair_share);
    }
    Pence envelope = block.envelope;
    for (int year = 1; year < no_year_of_this_scheme; ++year) {
        bool all_within = true;
        for (std::size_t i = 0; i < next.size(); ++i) {
            if (!is_outside(budgets[i].count(), targets[i], rule.tolerance)) {
                years[i] = std::min(years[i], year);
            }
            all_within = all_within && years[i] < no_year_of_this_scheme;
            next[i].opening = budgets[i];
            next[i].guaranteed.reset();
        }
        if (all_within || envelope > largest_forecast) break;
        envelope = scaled(envelope, Factor(Factor::one + growth.millionths()), Rounding::down);
        if (auto fine = check_pace(next, envelope, rule); !fine) return fine.problem();
        auto following = next_budgets(next, envelope, rule, targets);
        if (!following) return following.problem();
        budgets = std::move(*following);
    }
    return years;
}

}  // namespace purse
