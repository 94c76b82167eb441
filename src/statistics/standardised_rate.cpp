#include "statistics/standardised_rate.hpp"

#include <cmath>

#include "statistics/number_checks.hpp"

namespace purse {

namespace {

std::string of_band(std::string_view what, std::size_t band) {
    return fmt::format("{} of band {}", what, band + 1);
}

Outcome refuse_unless_standardisable(std::span<const StandardisedBand> bands) {
    if (auto fault = refuse_if_fewer(bands.size(), 1, "bands"); !fault) return fault;
    double standard = 0;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (auto fault = first_problem(
                {refuse_unless_count(bands[i].events, of_band("the number of events", i)),
                 refuse_unless_positive(bands[i].population, of_band("the population", i)),
                 refuse_unless_count(bands[i].standard, of_band("the standard population", i))});
            !fault) {
            return fault;
        }
        standard += bands[i].standard;
    }
    return refuse_unless_positive(standard, "the standard population of all bands");
}

struct Indirect {
    double observed = 0;
    double expected = 0;
    double reference_events = 0;
    double reference_population = 0;
};

Result<Indirect> summed(std::span<const ReferenceBand> bands) {
    if (auto fault = refuse_if_fewer(bands.size(), 1, "bands"); !fault) return fault.problem();
    Indirect sums;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const ReferenceBand& band = bands[i];
        if (auto fault = first_problem(
                {refuse_unless_count(band.events, of_band("the number of events", i)),
                 refuse_unless_count(band.population, of_band("the population", i)),
                 refuse_unless_count(band.reference_events, of_band("the reference's events", i)),
                 refuse_unless_positive(band.reference_population,
                                        of_band("the reference population", i))});
            !fault) {
            return fault.problem();
        }
        sums.observed += band.events;
        sums.expected += band.population * band.reference_events / band.reference_population;
        sums.reference_events += band.reference_events;
        sums.reference_population += band.reference_population;
    }
    if (sums.expected > 0) return sums;
    return bad_input("nothing is expected: the reference has no events in the bands with people");
}

IndirectRate against(const Indirect& sums, double reference, Confidence confidence) {
    const double scale = reference / sums.expected;
    const auto [count, method] = count_interval(sums.observed, confidence);
    return {sums.observed,
            sums.expected,
            reference,
            sums.observed * scale,
            {count.lower * scale, count.upper * scale},
            method};
}

}  // namespace

StandardisedBand band_of(double events, double population, double standard) {
    return {events, population, standard, events};
}

StandardisedBand band_of_repeated(std::span<const double> people_by_events, double population,
                                  double standard) {
    StandardisedBand band{0, population, standard, 0};
    for (std::size_t i = 0; i < people_by_events.size(); ++i) {
        const auto events = static_cast<double>(i + 1);
        band.events += people_by_events[i] * events;
        band.events_variance += people_by_events[i] * events * events;
    }
    return band;
}

Result<DirectRate> directly_standardised_rate(std::span<const StandardisedBand> bands,
                                              double multiplier, Confidence confidence) {
    if (auto fault = first_problem({refuse_unless_standardisable(bands),
                                    refuse_unless_positive(multiplier, "the multiplier")});
        !fault) {
        return fault.problem();
    }
    DirectRate direct;
    double weighted = 0;
    double variance = 0;
    double standard = 0;
    for (const StandardisedBand& band : bands) {
        direct.events += band.events;
        direct.population += band.population;
        standard += band.standard;
        const double weight = band.standard / band.population;
        weighted += weight * band.events;
        variance += weight * weight * band.events_variance;
    }
    if (direct.events < fewest_events_to_standardise) return direct;
    const double value = weighted / standard;
    const double scale = std::sqrt(variance / (standard * standard) / direct.events);
    const Interval count = byar_count_interval(direct.events, confidence);
    direct.rate = {value * multiplier,
                   {(value + scale * (count.lower - direct.events)) * multiplier,
                    (value + scale * (count.upper - direct.events)) * multiplier}};
    return direct;
}

Result<IndirectRate> indirectly_standardised_rate(std::span<const ReferenceBand> bands,
                                                  double multiplier, Confidence confidence) {
    if (auto fault = refuse_unless_positive(multiplier, "the multiplier"); !fault) {
        return fault.problem();
    }
    const auto sums = summed(bands);
    if (!sums) return sums.problem();
    const double reference = sums->reference_events / sums->reference_population * multiplier;
    return against(*sums, reference, confidence);
}

Result<IndirectRate> indirectly_standardised_ratio(std::span<const ReferenceBand> bands,
                                                   double reference, Confidence confidence) {
    if (auto fault = refuse_unless_positive(reference, "the reference value"); !fault) {
        return fault.problem();
    }
    const auto sums = summed(bands);
    if (!sums) return sums.problem();
    return against(*sums, reference, confidence);
}

}  // namespace purse
