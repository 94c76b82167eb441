// The readers of the kinds of sheet that a national price workbook has; each adds what its sheet
// holds to the tariff and accounts for its rows.
#pragma once

#include "rulebook/sheet_reading.hpp"

namespace purse {

Outcome read_admitted_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_maternity_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_attendance_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_emergency_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_unbundled_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_other_prices_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_non_mandatory_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_market_forces_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_no_price_hrg_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_no_price_function_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_drugs_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_devices_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_processing_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_top_up_providers_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_top_up_codes_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_top_up_flags_sheet(SheetReading& reading, Tariff& tariff);
Outcome read_best_practice_sheet(SheetReading& reading, Tariff& tariff);
// After the prices: the flags' age and admission criteria.
Outcome read_best_practice_flags_sheet(SheetReading& reading, Tariff& tariff);

}  // namespace purse
