#include "activity/counted_care.hpp"

#include <algorithm>
#include <array>

namespace purse {

int first_of_band(int age) {
    constexpr int oldest = 85;
    if (age <= 0) return 0;
    if (age < 5) return 1;
    return std::min(age / 5 * 5, oldest);
}

int first_of_wait(int weeks) {
    constexpr std::array firsts = {52, 26, 18, 12, 6};
    for (const int first : firsts) {
        if (weeks >= first) return first;
    }
    return 0;
}

}  // namespace purse
