// The checks that need the whole record: the month, the practice on the day, the HRG, the days to
// be taken out of the stay. The same for records as they stand and for spells put together.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "intake/intake_plan.hpp"

namespace purse {

struct CheckedRecord {
    std::uint64_t line = 0;
    std::string_view practice;
    std::uint64_t practice_code = 0;  // packed
    std::string_view hrg;
    std::uint64_t hrg_code = 0;
    std::optional<Date> costing_date;
    std::optional<Date> admission_date;  // admitted care: beside the discharge as costing date
    std::int64_t days_out_of_stay = 0;
};

// What is found is appended, with field and value, but without what names the record.
void check_record(const IntakePlan& plan, const CheckedRecord& record,
                  std::vector<Finding>& findings);

// Appends a finding with the rules' severity.
void add_finding(const IntakePlan& plan, std::uint64_t line, Reason reason, std::string_view field,
                 std::string_view value, std::vector<Finding>& findings);

}  // namespace purse
