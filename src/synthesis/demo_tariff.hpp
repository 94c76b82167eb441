// A price list in the structure of 2017/18 whose every price is made up: it pays for nothing.
#pragma once

#include "rulebook/tariff.hpp"
#include "synthesis/people.hpp"

namespace purse {

Tariff demo_tariff(FinancialYear year, const Calibration& calibration, const World& world);

// The year's made-up prices over those of the tables, in millionths.
std::int64_t price_level(FinancialYear year, const Calibration& calibration);

}  // namespace purse
