// What every function over a giver's numbers refuses first: infinities, negative counts, nothing to
// divide by.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace purse {

inline Outcome refuse_unless_finite(double number, std::string_view what) {
    if (std::isfinite(number)) return Nothing{};
    return bad_input(fmt::format("{} is {}, which is no number to work with", what, number));
}

inline Outcome refuse_unless_count(double number, std::string_view what) {
    if (std::isfinite(number) && number >= 0) return Nothing{};
    return bad_input(fmt::format("{} is {}; it must be 0 or more", what, number));
}

inline Outcome refuse_unless_positive(double number, std::string_view what) {
    if (std::isfinite(number) && number > 0) return Nothing{};
    return bad_input(fmt::format("{} is {}; it must be more than 0", what, number));
}

inline Outcome refuse_unless_within(double number, double least, double most,
                                    std::string_view what) {
    if (number >= least && number <= most) return Nothing{};
    return bad_input(
        fmt::format("{} is {}; it must lie between {} and {}", what, number, least, most));
}

inline Outcome refuse_unless_all_finite(std::span<const double> numbers, std::string_view what) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (std::isfinite(numbers[i])) continue;
        return bad_input(fmt::format("{} number {} is {}, which is no number to work with", what,
                                     i + 1, numbers[i]));
    }
    return Nothing{};
}

inline Outcome refuse_if_fewer(std::size_t have, std::size_t least, std::string_view what) {
    if (have >= least) return Nothing{};
    return bad_input(fmt::format("{} {} are too few; at least {} are needed", have, what, least));
}

// The first of several checks that failed, or done.
inline Outcome first_problem(std::initializer_list<Outcome> checks) {
    for (const Outcome& check : checks) {
        if (!check) return check.problem();
    }
    return Nothing{};
}

}  // namespace purse
