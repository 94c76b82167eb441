// What became of months between two closings that hold them: records that came late, and records
// that were changed or taken away.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "calendar/month.hpp"
#include "warehouse/priced_month.hpp"

namespace purse {

struct ChargeChange {
    Account account;
    BudgetLine line = BudgetLine::day_case;
    std::string specialty;  // as in activity_cells.hpp
    // In thousandths of a penny; together what the later closing has more than the earlier one.
    std::int64_t late = 0;       // of records that the earlier one does not have
    std::int64_t corrected = 0;  // of records that both have, or the earlier one alone
    std::int64_t late_records = 0;
    std::int64_t corrected_records = 0;
};

// A record is known by data set, provider and record identifier; prescribing by practice and
// presentation. One that went to another account, line or specialty is corrected in both.
Result<std::vector<ChargeChange>> charge_changes(const std::filesystem::path& then,
                                                 const std::filesystem::path& now, Month first,
                                                 Month last, const std::vector<Account>& accounts,
                                                 const DatabaseLimits& limits);

}  // namespace purse
