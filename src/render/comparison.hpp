// What a comparison of budgets comes to: counts and shares that its text and its page both show.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "render/comparison_pages.hpp"

namespace purse {

// In millionths: of the budget over the opening; none where there is no opening.
std::optional<std::int64_t> change_of(const ComparedAmounts& amounts);
// In millionths: from the fair share, before and after the scheme; none where no need is known.
std::optional<std::int64_t> distance_before(const ComparedAmounts& amounts);
std::optional<std::int64_t> distance_after(const ComparedAmounts& amounts);

inline constexpr std::array<std::string_view, 7> distance_bands = {
    "more than 20% below", "10% to 20% below", "5% to 10% below",    "within 5%",
    "5% to 10% above",     "10% to 20% above", "more than 20% above"};
using BandCounts = std::array<std::size_t, distance_bands.size()>;
std::size_t band_of(std::int64_t distance);

struct ComparisonTally {
    Pence opening, budget;               // of all practices
    std::int64_t growth = 0;             // of all together, in millionths
    std::size_t gain = 0, lose = 0;      // beside that growth, by more than a thousandth
    std::size_t alike = 0;               // the others
    Pence moved;                         // what those who gain have above that growth
    std::size_t within = 0, beyond = 0;  // 10% of the fair share, after
    BandCounts before{}, after{};
};
ComparisonTally tally_of(const ComparedBudgets& budgets, std::size_t scheme);
std::string tally_sentence(const ComparedName& scheme, const ComparisonTally& tally);
// "+2.3%", "−0.4%", "–".
std::string signed_percent(std::optional<std::int64_t> millionths);

}  // namespace purse
