// What is not paid of the full tariff: emergency readmissions, then the marginal rate on what is
// left. Finds the spells concerned with SQL, hands them to the kernels of pricing, and gives the
// answer back to SQL, record by record. Off by default: each year's rules say which step is on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "warehouse/database.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

// A batch of admitted care, and how SQL prices it.
struct SpellScan {
    const BatchToPrice* batch = nullptr;
    std::string call;      // of its charge
    std::string scan;      // of its records
    bool earlier = false;  // only looked at for the elective spells before a readmission
};

struct Reduction {
    std::int64_t batch = 0;
    std::int64_t line = 0;  // of the record in its batch
    std::int64_t not_paid_pence = 0;
    std::uint8_t why = 0;  // 1 readmission, 2 marginal rate, 3 both
    friend auto operator<=>(const Reduction&, const Reduction&) = default;
};

bool any_step_on(const std::vector<BatchToPrice>& batches);

// By batch and line, each once; the answer depends on neither threads nor the order of the scans.
// With the marginal rate on, a provider of emergencies without a baseline is a problem that names
// it. A readmission is found in all that is scanned, whichever provider had the elective spell.
Result<std::vector<Reduction>> find_reductions(Database& database,
                                               const std::vector<SpellScan>& scans,
                                               const PayableSettings& settings);

// The part of a year's baseline that belongs to its first months: twelfths, half up.
Pence baseline_to_date(Pence baseline, int months);

// Registers purse_not_paid(batch, line), in pence, and purse_not_paid_why(batch, line). The
// reductions must outlive the database.
void register_reductions(Database& database, const std::vector<Reduction>& reductions);
// SQL for the reason that purse_not_paid_why stands for: "emergency_readmission;marginal_rate".
std::string payable_reason_sql(const std::string& why);

}  // namespace purse
