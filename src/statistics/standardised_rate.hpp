// Rates made comparable between populations of different age and sex.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "statistics/rate.hpp"

namespace purse {

// One age (or age-sex) band of a directly standardised rate.
struct StandardisedBand {
    double events = 0;
    double population = 0;
    double standard = 0;         // of the standard population in this band
    double events_variance = 0;  // of the band's events: the events themselves if independent
};
// Events are independent of one another (each person has one at the most).
StandardisedBand band_of(double events, double population, double standard);
// `people_by_events[k]` people had k + 1 events each, so that the variance is the sum of people
// times events squared.
StandardisedBand band_of_repeated(std::span<const double> people_by_events, double population,
                                  double standard);

// Fewer events than this are too few to standardise.
inline constexpr double fewest_events_to_standardise = 10;

struct DirectRate {
    double events = 0;
    double population = 0;
    struct Value {
        double value = 0;
        Interval interval;
    };
    std::optional<Value> rate;  // none below fewest_events_to_standardise
};

// sum(w x / n) / sum(w) x multiplier, with Dobson's interval (Dobson, Kuulasmaa, Eberle and Scherer
// 1991) around Byar's limits of the count. Refuses no bands, negative events, a population that is
// not above 0 in a band, a standard that sums to 0.
Result<DirectRate> directly_standardised_rate(std::span<const StandardisedBand> bands,
                                              double multiplier, Confidence confidence);

// One band of an indirectly standardised rate or ratio.
struct ReferenceBand {
    double events = 0;
    double population = 0;
    double reference_events = 0;
    double reference_population = 0;
};

struct IndirectRate {
    double observed = 0;
    double expected = 0;   // sum of population x the reference's rate of the band
    double reference = 0;  // what one times the expected stands for
    double value = 0;      // observed / expected x reference
    Interval interval;     // of the observed count, divided likewise
    CountMethod method = CountMethod::byar;
};

// `reference` is the crude rate of the reference population (x multiplier). Refuses no bands,
// negative counts, an empty reference population, nothing expected.
Result<IndirectRate> indirectly_standardised_rate(std::span<const ReferenceBand> bands,
                                                  double multiplier, Confidence confidence);
// `reference` is the given value (100: the SMR's hundred).
Result<IndirectRate> indirectly_standardised_ratio(std::span<const ReferenceBand> bands,
                                                   double reference, Confidence confidence);

}  // namespace purse
