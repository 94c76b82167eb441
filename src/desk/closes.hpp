// Closing a month: what is loaded for the year to date and for last year's same months is priced,
// and the month is fixed with the batches, price lists and other inputs that went in, so that it
// can be made again to the penny.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/loads.hpp"
#include "desk/site.hpp"
#include "register/closings.hpp"

namespace purse {

// The control total of what is paid of admitted care; it is no part of rows and money in = out.
inline constexpr std::string_view payable_stage = "apc payable";

struct CloseReport {
    Closing closing;
    bool already_closed = false;  // the same inputs gave the same closing: nothing changed
    bool made_again = false;      // already closed, priced anew, and every byte was the same
    std::vector<std::string> warnings;
    double seconds = 0;
};

// Refused when nothing is loaded, when a year has no tariff, or when records name providers without
// a market forces factor (the problem lists them and says what to do). With `again`, a month
// already closed with the same inputs is priced anew and compared with what was stored.
Result<CloseReport> close_month(Site& site, Month month, const Progress& progress,
                                bool again = false);

}  // namespace purse
