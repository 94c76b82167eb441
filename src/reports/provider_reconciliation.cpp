#include "reports/provider_reconciliation.hpp"

#include <algorithm>

namespace purse {

namespace {

using Key = std::pair<ProviderCode, std::optional<BudgetLine>>;

void add(ProviderRow& row, const ProviderCost& cost, const BudgetScope& scope) {
    const bool in_scope = scope.lines.contains(cost.line);
    if (in_scope && cost.practice.empty()) {
        row.unattributed += cost.cost;
    } else if (in_scope && scope.practices.contains(cost.practice)) {
        row.in_budgets += cost.cost;
    } else {
        row.out_of_scope += cost.cost;
    }
    row.excluded += cost.excluded;
    row.unpriced += cost.unpriced;
    row.refused += cost.refused;
}

void add(ProviderRow& total, const ProviderRow& row) {
    if (row.contract) total.contract = total.contract.value_or(Pence(0)) + *row.contract;
    total.in_budgets += row.in_budgets;
    total.unattributed += row.unattributed;
    total.out_of_scope += row.out_of_scope;
    total.excluded += row.excluded;
    total.unpriced += row.unpriced;
    total.refused += row.refused;
}

std::string name_in(const std::map<ProviderCode, std::string>& names, ProviderCode provider) {
    if (provider.empty()) return "Prescribing (no provider)";
    const auto found = names.find(provider);
    return found == names.end() ? provider.text() : found->second;
}

}  // namespace

std::optional<Pence> ProviderRow::difference() const {
    if (!contract) return std::nullopt;
    return *contract - cost();
}

ProviderReconciliation reconciled(const std::vector<ProviderCost>& costs,
                                  const std::vector<ContractValue>& contracts,
                                  const BudgetScope& scope,
                                  const std::map<ProviderCode, std::string>& names) {
    const bool by_line = std::ranges::any_of(
        contracts, [](const ContractValue& contract) { return contract.line.has_value(); });
    std::map<Key, ProviderRow> rows;
    for (const ProviderCost& cost : costs) {
        add(rows[{cost.provider, by_line ? std::optional(cost.line) : std::nullopt}], cost, scope);
    }
    for (const ContractValue& contract : contracts) {
        auto& value = rows[{contract.provider, contract.line}].contract;
        value = value.value_or(Pence(0)) + contract.value;
    }
    ProviderReconciliation all;
    all.practices_baseline = scope.practices_baseline;
    all.unattributed_baseline = scope.unattributed_baseline;
    all.total.name = "Total";
    for (auto& [key, row] : rows) {
        row.code = key.first.text();
        row.name = name_in(names, key.first);
        row.line = key.second;
        add(all.total, row);
        if (!row.contract) all.without_contract += row.cost();
        all.rows.push_back(row);
    }
    std::ranges::stable_partition(all.rows,
                                  [](const ProviderRow& row) { return !row.code.empty(); });
    return all;
}

}  // namespace purse
