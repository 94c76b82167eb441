// An NHS number is read only when its check digit is right. Its digits are a patient's identity:
// no problem text quotes them.
//
// The tenth digit checks the first nine: weights 10 to 2, 11 less the sum modulo 11, 11 standing
// for 0 and 10 for no number at all (NHS Data Dictionary, NHS NUMBER).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace purse {

enum class NhsNumberFault {
    none,
    not_ten_digits,     // something else than ten digits, blanks and hyphens
    wrong_check_digit,  // a digit is mistyped, or two have changed places
    all_zeros,          // passes the check, but is what systems write for "not known"
};

// For column kernels: nothing allocated. Blanks and hyphens are passed over ("943 476 5919");
// `out` holds the ten digits when there is no fault.
NhsNumberFault check_nhs_number(std::string_view text, std::array<char, 10>& out);

inline bool read_nhs_number(std::string_view text, std::array<char, 10>& out) {
    return check_nhs_number(text, out) == NhsNumberFault::none;
}

// The ten digits, or what is wrong with them (without quoting them).
Result<std::string> parse_nhs_number(std::string_view text);

// "943 476 5919", as it is printed.
std::string in_groups(const std::array<char, 10>& digits);

}  // namespace purse
