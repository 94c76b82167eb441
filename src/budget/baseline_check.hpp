// Whether the year that budgets are made from is out of line with a practice's own earlier years:
// activity of a line for each registered patient, beside how the other practices' changed. The
// limits allow for chance. What is found is a question, not a finding of fault.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "activity/budget_line.hpp"
#include "base/result.hpp"
#include "money/factor.hpp"
#include "organisation/codes.hpp"
#include "population/patients.hpp"

namespace purse {

struct BaselineCheckRules {
    int earlier_years = 3;
    double limit = 3;                   // standard deviations
    double least_overdispersion = 1.5;  // variance over mean
    double least_change = 0.10;
    double fewest_expected = 20;
};
Result<BaselineCheckRules> read_baseline_check_rules(const std::filesystem::path& file);

struct ActivityOfYear {
    std::int64_t count = 0;
    Patients list;
};

// One practice and line. `earlier` holds the same years for all practices, oldest first; a year in
// which the practice had no list has a list of 0 and does not count for it.
struct PracticeActivity {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    ActivityOfYear baseline;
    std::vector<ActivityOfYear> earlier;
};

struct OutOfLine {
    PracticeCode practice;
    BudgetLine line = BudgetLine::day_case;
    std::int64_t count = 0;     // of the baseline
    std::int64_t expected = 0;  // by its own earlier years and the others' change
    std::int64_t limit = 0;     // what chance alone would give at most
    int percent_above = 0;
};

// By practice and line. Only what is above the limit: a baseline below it lowers no other budget.
std::vector<OutOfLine> out_of_line(const std::vector<PracticeActivity>& activity,
                                   const BaselineCheckRules& rules);

// "In the baseline ... ", for both sides; `earlier` is "2016/17" or "2014/15 to 2016/17".
std::string in_words(const OutOfLine& found, const std::string& baseline,
                     const std::string& earlier);

}  // namespace purse
