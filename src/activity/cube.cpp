#include "activity/cube.hpp"

#include <fmt/format.h>

namespace purse {

std::string_view to_text(CostOutcome outcome) {
    constexpr std::array<std::string_view, 7> names = {
        "priced", "excluded", "zero_priced", "local_price", "unpriced", "refused", "as_given"};
    return names[static_cast<std::size_t>(outcome)];
}

Result<CostOutcome> parse_cost_outcome(std::string_view text) {
    for (const CostOutcome outcome : all_cost_outcomes) {
        if (to_text(outcome) == text) return outcome;
    }
    return bad_input(fmt::format("'{}' is not an outcome of pricing", text));
}

}  // namespace purse
