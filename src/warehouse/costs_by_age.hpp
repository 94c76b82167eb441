// What hospital care cost by the patient's age and sex: what need weights of one's own are made of.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "activity/budget_line.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

struct CostByAge {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    char sex = '?';          // M, F; ? not known or not said
    std::optional<int> age;  // in years; none: not known
    std::int64_t records = 0;
    Pence cost;  // by the full tariff
};

// Such costs while they are added up, from the rows of several queries.
class CostsByAge {
  public:
    // Rows of account, line, sex as it is stored, age, records, and what these cost in full and of
    // it unbundled imaging, in pence.
    void add(Rows rows);
    [[nodiscard]] std::vector<CostByAge> take() const;

  private:
    void add(const CostByAge& more);

    std::map<std::tuple<Account, BudgetLine, char, std::optional<int>>, CostByAge> sums_;
};

// Records that cost something, priced by their batches' books and summed; prescribing, which knows
// no patient, is passed over. Unbundled imaging is diagnostics, as in the cube, and counts no
// record of its own. Ordered by account, line, sex and age.
Result<std::vector<CostByAge>> costs_by_age(const std::vector<BatchToPrice>& batches,
                                            const Affiliations& affiliations,
                                            const DatabaseLimits& limits);

}  // namespace purse
