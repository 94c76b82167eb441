#include "statistics/confidence.hpp"

#include <fmt/format.h>

#include "statistics/distributions.hpp"

namespace purse {

Result<Confidence> Confidence::of(double level) {
    if (level > 0.5 && level < 1) return Confidence(level);
    if (level > 50 && level < 100) return Confidence(level / 100);
    return bad_input(fmt::format(
        "a confidence level of {} is none: give one between 0.5 and 1, such as 0.95", level));
}

double Confidence::z() const { return normal_quantile(1 - tail()); }

}  // namespace purse
