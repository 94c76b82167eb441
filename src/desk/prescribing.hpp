// Practices' prescribing compared, from a closed month's charges, its records and the lists.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "benchmarking/prescribing_report.hpp"
#include "benchmarking/prescribing_rules.hpp"
#include "desk/statements.hpp"

namespace purse {

// Worked out once for all practices of a month.
struct PrescribingOfAll {
    std::map<PracticeCode, PrescribingReport> reports;
};
Result<PrescribingOfAll> compare_prescribing(const Site& site, const MonthReports& reports);

// One practice of it; a practice without prescribing or a list by age and sex is a problem.
Result<PrescribingReport> prescribing_of(const PrescribingOfAll& all, const std::string& practice);

}  // namespace purse
