// Made-up medicines and what the practices prescribe of them.
#pragma once

#include "synthesis/record_rows.hpp"

namespace purse {

struct Medicine {
    std::string bnf_code, name;
    std::int64_t share = 0;             // of all items, per thousand million
    std::int64_t unit_thousandths = 0;  // of a penny, for one unit of quantity
    std::int64_t quantity = 0;          // units an item
};

// Names are put together from syllables and belong to no medicine; chapters, volumes and costs are
// like real ones.
std::vector<Medicine> made_up_medicines(const Calibration& calibration, std::uint64_t seed);

// Items of one medicine in a practice and month; 0 where none.
std::int64_t items_prescribed(const World& world, std::size_t practice, Month month,
                              const Medicine& medicine, const Calibration& calibration,
                              Chance& chance);

// The cost of items of a medicine: net ingredient cost in whole pence, actual cost to five
// decimals.
struct MedicineCost {
    std::int64_t net_thousandths = 0, actual_thousandths = 0;  // of a penny
};
MedicineCost cost_of(const Medicine& medicine, std::int64_t items, const Calibration& calibration);

void prescribing_row(const Medicine& medicine, std::int64_t items, Month month, PracticeCode code,
                     CommissionerCode commissioner, const Calibration& calibration, Row& row);

}  // namespace purse
