#include "statistics/chain_ladder.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

namespace {

Outcome refuse_unless_triangle(const RunOffTriangle& triangle) {
    if (triangle.size() < 2 || triangle.front().size() < 2) {
        return bad_input("a triangle needs two periods and two steps at the least");
    }
    for (std::size_t i = 0; i < triangle.size(); ++i) {
        if (triangle[i].empty()) return bad_input(fmt::format("period {} has no value", i + 1));
        if (i > 0 && triangle[i].size() > triangle[i - 1].size()) {
            return bad_input(
                fmt::format("period {} is known for longer than the one before it: put "
                            "the oldest first",
                            i + 1));
        }
        for (const double value : triangle[i]) {
            if (auto fault = refuse_unless_positive(
                    value, fmt::format("a cumulated value of period {}", i + 1));
                !fault) {
                return fault;
            }
        }
    }
    return Nothing{};
}

// Sum of a column over the periods that reach the step after it.
double base_of(const RunOffTriangle& triangle, std::size_t step) {
    double sum = 0;
    for (const auto& row : triangle) sum += row.size() > step + 1 ? row[step] : 0;
    return sum;
}

DevelopmentStep step_from(const RunOffTriangle& triangle, std::size_t step) {
    DevelopmentStep found;
    double after = 0;
    std::size_t periods = 0;
    for (const auto& row : triangle) {
        if (row.size() <= step + 1) continue;
        after += row[step + 1];
        ++periods;
    }
    found.base = base_of(triangle, step);
    found.factor = after / found.base;
    if (periods < 2) return found;
    double squares = 0;
    for (const auto& row : triangle) {
        if (row.size() <= step + 1) continue;
        const double off = row[step + 1] / row[step] - found.factor;
        squares += row[step] * off * off;
    }
    found.sigma_squared = squares / static_cast<double>(periods - 1);
    return found;
}

// Steps that one period alone has gone through borrow from the two before them.
void borrow_sigmas(const RunOffTriangle& triangle, std::vector<DevelopmentStep>& steps) {
    for (std::size_t k = 0; k < steps.size(); ++k) {
        const auto periods = std::count_if(triangle.begin(), triangle.end(),
                                           [k](const auto& row) { return row.size() > k + 1; });
        if (periods >= 2 || k == 0) continue;
        const double last = steps[k - 1].sigma_squared;
        const double before = k >= 2 ? steps[k - 2].sigma_squared : last;
        const double trend = before > 0 ? last * last / before : last;
        steps[k].sigma_squared = std::min({trend, before, last});
    }
}

// sigma^2 / f^2, over what the factor was taken from.
double share_of_step(const DevelopmentStep& step) {
    return step.sigma_squared / (step.factor * step.factor);
}

ProjectedPeriod projected(const std::vector<double>& row,
                          const std::vector<DevelopmentStep>& steps) {
    ProjectedPeriod period{.known = row.back(), .ultimate = row.back()};
    double relative = 0;
    for (std::size_t k = row.size() - 1; k < steps.size(); ++k) {
        relative += share_of_step(steps[k]) * (1 / period.ultimate + 1 / steps[k].base);
        period.ultimate *= steps[k].factor;
    }
    period.outstanding = period.ultimate - period.known;
    period.standard_error = period.ultimate * std::sqrt(relative);
    return period;
}

double total_error(const RunOffTriangle& triangle, const std::vector<DevelopmentStep>& steps,
                   const std::vector<ProjectedPeriod>& periods) {
    double variance = 0;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        double younger = 0;
        for (std::size_t j = i + 1; j < periods.size(); ++j) younger += periods[j].ultimate;
        double shared = 0;
        for (std::size_t k = triangle[i].size() - 1; k < steps.size(); ++k) {
            shared += 2 * share_of_step(steps[k]) / steps[k].base;
        }
        variance += periods[i].standard_error * periods[i].standard_error +
                    periods[i].ultimate * younger * shared;
    }
    return std::sqrt(variance);
}

}  // namespace

Result<ChainLadder> chain_ladder(const RunOffTriangle& triangle) {
    if (auto fault = refuse_unless_triangle(triangle); !fault) return fault.problem();
    ChainLadder ladder;
    for (std::size_t k = 0; k + 1 < triangle.front().size(); ++k) {
        ladder.steps.push_back(step_from(triangle, k));
    }
    borrow_sigmas(triangle, ladder.steps);
    double to_ultimate = 1;
    for (std::size_t k = ladder.steps.size(); k-- > 0;) {
        to_ultimate *= ladder.steps[k].factor;
        ladder.steps[k].completion = 1 / to_ultimate;
    }
    for (const auto& row : triangle) {
        ladder.periods.push_back(projected(row, ladder.steps));
        ladder.outstanding += ladder.periods.back().outstanding;
    }
    ladder.standard_error = total_error(triangle, ladder.steps, ladder.periods);
    return ladder;
}

double FactorToUltimate::standard_error(double known) const {
    const double ultimate = known * factor;
    return std::sqrt(std::abs(known) * process + ultimate * ultimate * shared);
}

FactorToUltimate factor_to_ultimate(const ChainLadder& ladder, std::size_t step) {
    CHECK(step < ladder.steps.size());
    FactorToUltimate to;
    for (std::size_t k = step; k < ladder.steps.size(); ++k) {
        const double share = share_of_step(ladder.steps[k]);
        to.process += share / to.factor;
        to.shared += share / ladder.steps[k].base;
        to.factor *= ladder.steps[k].factor;
    }
    to.process *= to.factor * to.factor;
    return to;
}

void OutstandingError::add(double known, int use, const FactorToUltimate& factor) {
    process_ += std::abs(known) * factor.process;
    Shared& shared = shared_[use];
    shared.ultimate += known * factor.factor;
    shared.relative = factor.shared;
}

OutstandingError& OutstandingError::operator+=(const OutstandingError& other) {
    process_ += other.process_;
    for (const auto& [use, more] : other.shared_) {
        Shared& shared = shared_[use];
        shared.ultimate += more.ultimate;
        shared.relative = more.relative;
    }
    return *this;
}

double OutstandingError::variance() const {
    double sum = process_;
    for (const auto& [use, shared] : shared_) {
        sum += shared.ultimate * shared.ultimate * shared.relative;
    }
    return sum;
}

double OutstandingError::standard_error() const { return std::sqrt(variance()); }

}  // namespace purse
