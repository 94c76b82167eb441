#include "monitoring/plan_prices.hpp"

namespace purse {

namespace {

std::int64_t times(std::int64_t count, wide cost, std::int64_t over) {
    return divided(wide{count} * cost, over, Rounding::half_up);
}

struct RootAtPlanPrices {
    std::int64_t planned = 0, planned_cost = 0, count = 0, at_plan_prices = 0;
};

}  // namespace

// The rules are those of the levels (variance.cpp): a cell that the practice's plan lacks has the
// price of the commissioner's, else what was paid; a condition that it lacks has the mean of its
// codes; a specialty without a plan the commissioner's mean.
PlanPrices::PlanPrices(const VarianceGrain& grain) {
    std::map<std::string, RootAtPlanPrices> roots;
    std::int64_t planned = 0;
    for (const VarianceCell& cell : grain.cells) {
        Price price{cell.cost.total(), cell.count};
        if (cell.planned > 0) {
            price = {cell.planned_cost.total(), cell.planned};
        } else if (cell.planned_by_all > 0) {
            price = {cell.planned_cost_by_all.total(), cell.planned_by_all};
        }
        RootAtPlanPrices& root = roots[cell.root];
        root.planned += cell.planned;
        root.planned_cost += cell.planned_cost.total();
        planned += cell.planned;
        if (price.count <= 0) continue;  // cost without a record: no price of one
        root.count += cell.count;
        root.at_plan_prices += times(cell.count, price.cost, price.count);
        codes_[{cell.root, cell.split}] = price;
    }
    const bool has_plan = planned > 0 && grain.plan_part > 0;
    for (const auto& [name, root] : roots) {
        Price& price = conditions_[name];
        price = {root.at_plan_prices, root.count};
        if (has_plan && root.planned > 0) {
            price = {root.planned_cost, root.planned};
        } else if (!has_plan && grain.planned_by_all > 0) {
            price = {grain.planned_cost_by_all, grain.planned_by_all};
        }
        if (price.count <= 0) price = {0, 1};
    }
}

CodesAndPrices PlanPrices::of(const std::string& root, const std::string& split, std::int64_t count,
                              std::int64_t paid) const {
    const auto code = codes_.find({root, split});
    if (code == codes_.end()) return {};
    const Price& condition = conditions_.at(root);
    const std::int64_t at_code = times(count, code->second.cost, code->second.count);
    return {at_code - times(count, condition.cost, condition.count), paid - at_code};
}

}  // namespace purse
