// A practice's prescribing beside other practices': what it cost by section of the BNF, for each
// prescribing unit, and what the same medicines would have cost at a price that others pay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "benchmarking/price_per_unit.hpp"
#include "calendar/month.hpp"
#include "statistics/quantiles.hpp"

namespace purse {

struct PrescribedOfSection {
    std::string section;  // "0212"
    std::string chapter;  // "Cardiovascular system"
    std::int64_t items = 0;
    Pence cost;
    std::int64_t all_items = 0;  // of all practices
    Pence all_cost;
};

struct PrescribingMonth {
    Month month;
    double value = 0;                // for a thousand units
    std::optional<Deciles> deciles;  // of all practices
};

struct PrescribingStanding {
    std::string code, name;
    std::string per;  // "£ for 1,000 ASTRO-PU 2009 (cost)"
    bool counts_items = false;
    std::int64_t items = 0;
    Pence cost;
    double units = 0;      // of the practice's mean list
    double value = 0;      // year to date, for a thousand units
    double reference = 0;  // the commissioner's
    std::optional<Deciles> deciles;
    std::vector<PrescribingMonth> months;
    std::string says;
};

struct PrescribingReport {
    std::string commissioner;
    PracticeCode practice;
    std::string name;
    Month month, from;  // the year to date
    int closing = 0;
    std::int64_t items = 0;
    Pence cost;  // as the statement has it
    std::optional<Pence> budget_to_date, annual_budget;
    std::optional<Pence> year_end;  // the forecast that the month's closing keeps
    std::optional<std::pair<Pence, Pence>> year_end_80;  // 80 times in 100 it lies between
    std::vector<PrescribedOfSection> sections;           // by section
    std::vector<PrescribingStanding> measures;
    PracticeSavings savings;
    PricePerUnitRules savings_rules;
    std::string says, savings_says;
    std::vector<std::string> notes;
};

// "£1,234.56 could be saved ...": the one figure, as the report and every export have it.
std::string savings_sentence(const PracticeSavings& savings, const PricePerUnitRules& rules,
                             Month from, Month to);
std::string prescribing_sentence(const PrescribingReport& report);

}  // namespace purse
