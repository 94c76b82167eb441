// From the contracts' values to the sum of practices and the unattributed account, provider by
// provider: what every pound of the baseline is, and what is left to explain.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "activity/budget_line.hpp"
#include "money/pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

// Of the baseline at the budget year's prices.
struct ProviderCost {
    ProviderCode provider;  // empty: prescribing
    PracticeCode practice;  // empty: no practice of the year answers for it
    BudgetLine line = BudgetLine::day_case;
    Pence cost;
    std::int64_t excluded = 0, unpriced = 0, refused = 0;  // records that cost nothing here
};

struct ContractValue {
    ProviderCode provider;
    std::optional<BudgetLine> line;  // none: all of the provider's
    Pence value;
};

// Which part of the baseline the budgets were set on.
struct BudgetScope {
    std::set<BudgetLine> lines;
    std::set<PracticeCode> practices;
    Pence practices_baseline;  // as the draft has it, at the year's prices
    Pence unattributed_baseline;
};

struct ProviderRow {
    std::string code;  // "" of the total
    std::string name;
    std::optional<BudgetLine> line;  // where contracts are told apart by line
    std::optional<Pence> contract;
    Pence in_budgets;
    Pence unattributed;
    Pence out_of_scope;  // lines in no budget, and practices that the draft does not have
    std::int64_t excluded = 0, unpriced = 0, refused = 0;

    [[nodiscard]] Pence cost() const { return in_budgets + unattributed + out_of_scope; }
    // contract = in budgets + unattributed + out of scope + this; none without a contract.
    [[nodiscard]] std::optional<Pence> difference() const;
};

struct ProviderReconciliation {
    std::string title;
    std::vector<ProviderRow> rows;  // by provider and line; prescribing last
    ProviderRow total;
    Pence without_contract;  // of the total's cost: rows that no contract is known for
    Pence practices_baseline, unattributed_baseline;  // as the draft has them
    std::vector<std::string> notes;

    // What the draft has more than the records come to now: 0 unless something was loaded since.
    [[nodiscard]] Pence changed_since() const {
        return practices_baseline + unattributed_baseline - total.in_budgets - total.unattributed;
    }
};

// Rows are by line as soon as one contract names a line. A provider with a contract and no care has
// a row too.
ProviderReconciliation reconciled(const std::vector<ProviderCost>& costs,
                                  const std::vector<ContractValue>& contracts,
                                  const BudgetScope& scope,
                                  const std::map<ProviderCode, std::string>& names);

}  // namespace purse
