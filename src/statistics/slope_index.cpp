#include "statistics/slope_index.hpp"

#include <cmath>

#include "statistics/least_squares.hpp"
#include "statistics/number_checks.hpp"

namespace purse {

Result<SlopeIndex> slope_index(std::span<const AdvantageGroup> groups, double multiplier) {
    if (auto fault = first_problem({refuse_if_fewer(groups.size(), 2, "groups"),
                                    refuse_unless_finite(multiplier, "the multiplier")});
        !fault) {
        return fault.problem();
    }
    if (multiplier == 0) return bad_input("the multiplier is 0; give 1, 100, -1 or such");
    double everybody = 0;
    for (const AdvantageGroup& group : groups) {
        if (auto fault = first_problem({refuse_unless_positive(group.population, "a population"),
                                        refuse_unless_finite(group.value, "a value")});
            !fault) {
            return fault.problem();
        }
        everybody += group.population;
    }
    DesignColumns columns(2);
    std::vector<double> weighted;
    double below = 0;
    for (const AdvantageGroup& group : groups) {
        const double share = group.population / everybody;
        const double weight = std::sqrt(share);
        columns[0].push_back(weight);
        columns[1].push_back(weight * (below + share / 2));
        weighted.push_back(weight * group.value);
        below += share;
    }
    const auto fit = least_squares(columns, weighted);
    if (!fit) return fit.problem();
    const double intercept = fit->coefficients[0];
    const double slope = fit->coefficients[1];
    if (intercept == 0 || intercept + slope == 0) {
        return bad_input("the line starts or ends at 0: it has no relative index");
    }
    const double relative = (intercept + slope) / intercept;
    return SlopeIndex{slope * multiplier, multiplier < 0 ? 1 / relative : relative, intercept};
}

}  // namespace purse
