// Headings and cells of published price sheets, read as a person reads them: case, blanks, line
// breaks, pound signs and asterisks do not matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "activity/codes.hpp"
#include "base/result.hpp"
#include "money/factor.hpp"
#include "money/pence.hpp"

namespace purse {

// Lower-case letters, digits and = < > only: "Tariff (£)\n (LOS > 0 days)" is "tarifflos>0days".
std::string plain(std::string_view text);
// Without outer blanks (no-break spaces too); inner line breaks and runs of blanks are one blank.
std::string tidy(std::string_view text);

// "EB03D", "**EB03D", "EB03D " and "EB03D*" are EB03D; nothing when the cell holds no HRG.
std::optional<Hrg> hrg_of(std::string_view cell);
// "100" or "100.0": three digits.
std::optional<TreatmentFunction> treatment_function_of(std::string_view cell);
// "-", "", "n/a" and the like: no price is published.
bool is_absent(std::string_view cell);
// Whether the cell holds a plain number, as every price does.
bool is_number(std::string_view cell);

// A price in pounds as stored ("8207", "402.99999999999994"), to the penny; absent where
// is_absent. A problem says only why: the caller knows where.
Result<std::optional<Pence>> price_of(std::string_view cell);
Result<std::optional<int>> days_of(std::string_view cell);
// A share as stored ("0.30000000000000004").
Result<std::optional<Factor>> share_of(std::string_view cell);

}  // namespace purse
