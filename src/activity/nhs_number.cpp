#include "activity/nhs_number.hpp"

namespace purse {

namespace {

bool ten_digits(std::string_view text, std::array<char, 10>& out) {
    std::size_t count = 0;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9' || count == out.size()) return false;
        out[count++] = c;
    }
    return count == out.size();
}

// The weighted sum of all ten digits, the check digit weighing 1, is a multiple of 11.
bool check_digit_is_right(const std::array<char, 10>& digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        sum += (digits[i] - '0') * (10 - static_cast<int>(i));
    }
    return sum % 11 == 0;
}

}  // namespace

NhsNumberFault check_nhs_number(std::string_view text, std::array<char, 10>& out) {
    if (!ten_digits(text, out)) return NhsNumberFault::not_ten_digits;
    if (!check_digit_is_right(out)) return NhsNumberFault::wrong_check_digit;
    constexpr std::string_view zeros = "0000000000";
    return std::string_view(out.data(), out.size()) == zeros ? NhsNumberFault::all_zeros
                                                             : NhsNumberFault::none;
}

Result<std::string> parse_nhs_number(std::string_view text) {
    std::array<char, 10> digits{};
    switch (check_nhs_number(text, digits)) {
        case NhsNumberFault::none:
            return std::string(digits.data(), digits.size());
        case NhsNumberFault::not_ten_digits:
            return bad_input("an NHS number has ten digits, such as 943 476 5919");
        case NhsNumberFault::wrong_check_digit:
            return bad_input("the NHS number's check digit is wrong: a digit is mistyped");
        case NhsNumberFault::all_zeros:
            return bad_input("the NHS number is all zeros: leave it empty when it is not known");
    }
    return bad_input("an NHS number has ten digits, such as 943 476 5919");
}

std::string in_groups(const std::array<char, 10>& digits) {
    const std::string_view all(digits.data(), digits.size());
    std::string text(all.substr(0, 3));
    return text.append(" ").append(all.substr(3, 3)).append(" ").append(all.substr(6));
}

}  // namespace purse
