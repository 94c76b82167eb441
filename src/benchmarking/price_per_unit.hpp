// What a practice would save if a unit of a medicine cost it what it costs the cheapest tenth of
// practices, where presentations of the medicine differ. Exact: every saving is rounded once, to
// the penny, and the total is the sum of the rounded ones, so that text, picture and file can show
// no other figure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "money/fine_pence.hpp"
#include "organisation/codes.hpp"

namespace purse {

struct PricePerUnitRules {
    int cheapest_percent = 10;
    std::size_t fewest_practices = 10;
    Pence least_saving{100};
    int last_drug_chapter = 15;
    std::string no_equivalent = "A0";  // the last characters of what has no generic equivalent
};

struct PrescribedMedicine {
    PracticeCode practice;
    std::string bnf_code, name;
    std::int64_t items = 0;
    std::int64_t quantity = 0;  // thousandths of a unit
    FinePence cost;
};

// "0212000B0AB": chemical substance and generic equivalent; empty for what has none (devices, codes
// that are not fifteen characters).
std::string generic_group(std::string_view bnf_code, const PricePerUnitRules& rules);

struct PresentationUse {
    std::string bnf_code, name;
    std::int64_t items = 0;
    std::int64_t quantity = 0;
    FinePence cost;
};

struct PriceSaving {
    std::string group;
    std::string name;  // of the generic presentation, or of the one that most is prescribed of
    std::int64_t items = 0;
    std::int64_t quantity = 0;
    FinePence cost;
    // What a thousand units cost, in thousandths of a penny, rounded half up: for showing only.
    std::int64_t price_of_thousand = 0, target_of_thousand = 0;
    std::size_t practices = 0;  // that prescribe it
    Pence saving;
    std::vector<PresentationUse> presentations;  // the practice's, dearest a unit first
};

struct PracticeSavings {
    std::vector<PriceSaving> savings;  // largest first, then by group
    Pence total;                       // their sum
};

// Every practice's, by code. Order of the medicines does not matter. Quantities of nothing, and
// costs below nothing, are in no comparison.
std::map<PracticeCode, PracticeSavings> price_savings(
    const std::vector<PrescribedMedicine>& medicines, const PricePerUnitRules& rules);

}  // namespace purse
