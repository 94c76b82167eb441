#include "money/rough_range.hpp"

#include "money/factor.hpp"
#include "money/grouped.hpp"

namespace purse {

std::string whole_pounds(Pence amount) {
    const std::int64_t pounds = divided(amount.count(), 100, Rounding::half_up);
    return (pounds < 0 ? "−£" : "£") + grouped(pounds < 0 ? -pounds : pounds);
}

std::pair<std::string, std::string> rough_range(Pence low, Pence high) {
    if (roughly(low) != roughly(high)) return {roughly(low), roughly(high)};
    return {whole_pounds(low), whole_pounds(high)};
}

}  // namespace purse
