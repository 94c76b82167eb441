// The priced cube: what a set of records came to, by month, account, practice, provider, treatment
// function, line and outcome. Statements, monitoring and reports are sums over its rows; every sum
// in it is exact.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "activity/budget_line.hpp"
#include "activity/codes.hpp"
#include "activity/data_set.hpp"
#include "base/result.hpp"
#include "calendar/month.hpp"
#include "money/fine_pence.hpp"
#include "money/pence.hpp"
#include "organisation/affiliation.hpp"
#include "organisation/codes.hpp"

namespace purse {

// What became of a record: the outcomes of pricing, and prescribing's cost as given.
enum class CostOutcome : std::uint8_t {
    priced,
    excluded,
    zero_priced,
    local_price,
    unpriced,
    refused,
    as_given,
};
inline constexpr std::array all_cost_outcomes = {CostOutcome::priced,      CostOutcome::excluded,
                                                 CostOutcome::zero_priced, CostOutcome::local_price,
                                                 CostOutcome::unpriced,    CostOutcome::refused,
                                                 CostOutcome::as_given};
std::string_view to_text(CostOutcome outcome);
Result<CostOutcome> parse_cost_outcome(std::string_view text);

struct CubeRow {
    Month month;  // of the costing date
    DataSet set = DataSet::admitted_care;
    std::int64_t batch = 0;                // number of the batch in the register
    Account account;                       // whose budget bears it
    PracticeCode practice;                 // as recorded
    ProviderCode provider;                 // empty for prescribing
    TreatmentFunction treatment_function;  // empty for A&E and prescribing
    BudgetLine line = BudgetLine::day_case;
    CostOutcome outcome = CostOutcome::priced;
    std::string reason;  // code of the rule that excluded or refused it; "" otherwise

    std::int64_t records = 0;   // 0 in rows of unbundled imaging split from their attendances
    std::int64_t bed_days = 0;  // qualifying days
    Pence full;                 // by the full tariff
    Pence payable;              // the same, unless a step (readmissions, marginal rate) changed it
    FinePence fine_cost;        // prescribing: actual cost, exact
    std::int64_t items = 0;     // prescribing: items; unbundled imaging: number of images
    std::int64_t consultant_referrals = 0;  // first attendances referred by another consultant

    friend bool operator==(const CubeRow&, const CubeRow&) = default;
};

}  // namespace purse
