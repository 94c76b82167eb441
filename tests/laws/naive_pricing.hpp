// The second implementation of the pricing rules: straight-line code, one record at a time, written
// from the document of facts (domain §4) and the Tariff, not from the engine.
#pragma once

#include <string>
#include <vector>

#include "support/priced_rows.hpp"

namespace purse::testing {

struct NaivePrice {
    std::string outcome;  // as to_text(ChargeOutcome)
    long long pence = 0;
    long long excess_days = 0;
};

struct Book {
    const Tariff& tariff;
    const PricingRules& rules;
    const std::vector<LocalPrice>& local;
};

NaivePrice naive_price(const Book& book, const SpellRow& spell);
NaivePrice naive_price(const Book& book, const OutpatientRow& attendance);
NaivePrice naive_price(const Book& book, const DepartmentRow& attendance);

}  // namespace purse::testing
