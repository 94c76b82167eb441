// Where every practice stands on a measure: its standardised rate beside the commissioner's, and
// whether it lies within what practices differ by anyway (a funnel with allowance for
// over-dispersion, Spiegelhalter 2005). Inside the funnel nobody is ranked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarking/measure.hpp"
#include "benchmarking/standardised_counts.hpp"
#include "statistics/confidence.hpp"

namespace purse {

enum class Standing : std::uint8_t { within, above, below, cannot_tell };
std::string_view to_text(Standing standing);   // "within", "above", "below", "cannot_tell"
std::string_view in_words(Standing standing);  // "within what practices differ by"

struct PracticePosition {
    PracticeCode practice;
    std::int64_t observed = 0;
    double expected = 0;
    double patient_years = 0;
    // For 1,000 patients a year: observed / expected x the commissioner's rate, and its 95%
    // interval (Byar; exact below ten). None where nothing is expected.
    std::optional<double> rate;
    std::optional<Interval> rate_95;
    // As a share of the expected: where 95% and 99.8% of practices lie.
    std::optional<Interval> limits_95, limits_998;
    double z = 0;  // standard deviations from the commissioner, with the allowance
    Standing standing = Standing::cannot_tell;
    std::string why;  // that it cannot be told
};

struct PracticeFunnel {
    Month from, to;
    std::int64_t observed = 0;  // of all practices
    double patient_years = 0;
    double reference_rate = 0;  // the commissioner's: for 1,000 patients a year
    double phi = 0;             // over 1: practices differ by more than chance
    double tau_squared = 0;     // by how much, on the logarithm's scale
    bool allows_for_dispersion = false;
    std::string why;                          // that no funnel can be drawn; empty where it can
    std::vector<PracticePosition> positions;  // by code

    [[nodiscard]] const PracticePosition* find(PracticeCode practice) const;
    [[nodiscard]] std::size_t count_of(Standing standing) const;
};

// Over the last months of the counts, as many as the rules say (or as there are). Practices of too
// few patients or too few expected events are in the reference, and in no funnel.
PracticeFunnel practice_funnel(const StandardisedCounts& counts, std::size_t measure,
                               const ComparisonRules& rules);

}  // namespace purse
